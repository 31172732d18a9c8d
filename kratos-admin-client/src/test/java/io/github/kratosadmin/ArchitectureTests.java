package io.github.kratosadmin;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

class ArchitectureTests {

	private static final String ROOT = "io.github.kratosadmin";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.withImportOption((location) -> !location.contains("/kratosadmin/internal/httpclient/"))
		.importPackages(ROOT);

	/**
	 * The packages in order: each may only use packages before it.
	 */
	private static final List<String> PACKAGES = Stream
		.of(".version", ".connection", ".paging", ".internal.json", ".internal.redaction", ".error", ".observation",
				".statistics", ".interceptor", ".internal.operation", ".internal.paging", ".metadata", ".courier",
				".schema", ".identity", ".json", ".selfservice", ".session", ".recovery", ".internal.http",
				".internal.response", ".internal.imports", ".internal.feign", "")
		.map(ROOT::concat)
		.toList();

	@Test
	void theClassesAreThoseOfTheClient() {
		assertThat(CLASSES.contain(KratosAdmin.class)).isTrue();
		assertThat(CLASSES.contain(ArchitectureTests.class)).isFalse();
		assertThat(packages()).extracting(JavaPackage::getName).containsExactlyInAnyOrderElementsOf(PACKAGES);
	}

	@Test
	void aPackageUsesOnlyPackagesBeforeIt() {
		for (int i = 0; i < PACKAGES.size(); i++) {
			noClasses().that()
				.resideInAPackage(PACKAGES.get(i))
				.should()
				.dependOnClassesThat()
				.resideInAnyPackage(PACKAGES.subList(i + 1, PACKAGES.size()).toArray(String[]::new))
				.allowEmptyShould(false)
				.check(CLASSES);
		}
	}

	@Test
	void theClientUsesNoSpringBoot() {
		noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework.boot..").check(CLASSES);
	}

	/**
	 * Spring brings Micrometer's API for observations, but not its registries. The
	 * propagation of thread-locals is optional, so only one class uses it.
	 */
	@Test
	void theClientUsesOnlyTheObservationApiOfMicrometer() {
		noClasses().that()
			.haveNameNotMatching(Pattern.quote(ROOT) + "\\.internal\\.operation\\.ThreadLocals.*")
			.should()
			.dependOnClassesThat(resideInAPackage("io.micrometer..")
				.and(resideOutsideOfPackages("io.micrometer.common..", "io.micrometer.observation..")))
			.check(CLASSES);
	}

	@Test
	void onlyThreePackagesUseFeignAndHttpTypes() {
		noClasses().that()
			.resideOutsideOfPackages(ROOT + ".internal.feign", ROOT + ".internal.http", ROOT + ".internal.response")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("feign..", "org.springframework.cloud..", "io.github.kratosadmin.internal.httpclient..",
					"org.springframework.http..", "java.net.http..")
			.check(CLASSES);
	}

	@Test
	void onlyTheSenderUsesApacheHttpClient() {
		noClasses().that()
			.haveNameNotMatching(Pattern.quote(ROOT) + "\\.internal\\.http\\.ApacheHttpSender.*")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(ROOT + ".internal.httpclient..")
			.check(CLASSES);
	}

	@Test
	void thePublicApiHasNoTransportTypesOrInternalTypes() {
		Stream<JavaCodeUnit> api = CLASSES.stream()
			.filter(ArchitectureTests::isApi)
			.flatMap((type) -> type.getCodeUnits().stream())
			.filter((member) -> isVisible(member.getModifiers()));
		Set<JavaClass> named = api
			.flatMap((member) -> Stream.of(member.getReturnType().getAllInvolvedRawTypes().stream(),
					member.getParameterTypes().stream().flatMap((type) -> type.getAllInvolvedRawTypes().stream()),
					member.getExceptionTypes().stream())
				.flatMap((types) -> types))
			.collect(Collectors.toSet());
		named.addAll(CLASSES.stream()
			.filter(ArchitectureTests::isApi)
			.flatMap((type) -> Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream()))
			.toList());
		assertThat(named).extracting(JavaClass::getName).contains(KratosAdmin.class.getName(), Stream.class.getName());
		assertThat(named).extracting(JavaClass::getBaseComponentType)
			.allSatisfy((type) -> assertThat(type.isPrimitive() || type.getPackageName()
				.matches(
						"io\\.github\\.kratosadmin(\\.(?!internal).+)?|java\\.(lang|util|time|io)(\\..+)?|javax\\.net\\.ssl|org\\.springframework\\.util\\.unit|io\\.micrometer\\.(common|observation)(\\..+)?|tools\\.jackson\\..+"))
				.as(type.getName())
				.isTrue());
	}

	@Test
	void everyPackageIsNullMarked() {
		assertThat(packages()).isNotEmpty()
			.allSatisfy(
					(javaPackage) -> assertThat(javaPackage.isAnnotatedWith(NullMarked.class)).as(javaPackage.getName())
						.isTrue());
	}

	@Test
	void onlyTheClientAndItsBuilderArePublicInTheRootPackage() {
		assertThat(CLASSES.stream()
			.filter((type) -> type.getPackageName().equals(ROOT))
			.filter(ArchitectureTests::isVisible)
			.map(JavaClass::getSimpleName)).containsExactlyInAnyOrder("KratosAdmin", "KratosAdminBuilder");
	}

	private static Set<JavaPackage> packages() {
		return CLASSES.stream().map(JavaClass::getPackage).collect(Collectors.toSet());
	}

	private static boolean isApi(JavaClass type) {
		return isVisible(type) && !type.getPackageName().startsWith(ROOT + ".internal");
	}

	private static boolean isVisible(JavaClass type) {
		return isVisible(type.getModifiers())
				&& type.getEnclosingClass().map(ArchitectureTests::isVisible).orElse(true);
	}

	private static boolean isVisible(Set<JavaModifier> modifiers) {
		return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
	}

}
