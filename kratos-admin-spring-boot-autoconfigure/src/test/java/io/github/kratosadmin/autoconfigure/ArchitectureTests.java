package io.github.kratosadmin.autoconfigure;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.kratosadmin.connection.BearerTokenProvider;
import io.github.kratosadmin.interceptor.KratosAdminInterceptor;
import io.github.kratosadmin.observation.KratosAdminObservationConvention;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.core.annotation.Order;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the packages of this module and their dependencies.
 */
class ArchitectureTests {

	/**
	 * The packages of this module. Each uses only earlier ones.
	 */
	private static final List<String> PACKAGES = List.of("io.github.kratosadmin.autoconfigure.internal",
			"io.github.kratosadmin.health", "io.github.kratosadmin.info", "io.github.kratosadmin.metrics",
			"io.github.kratosadmin.autoconfigure", "io.github.kratosadmin.autoconfigure.health",
			"io.github.kratosadmin.autoconfigure.info", "io.github.kratosadmin.autoconfigure.metrics",
			"io.github.kratosadmin.autoconfigure.oauth2", "io.github.kratosadmin.docker.compose");

	private final JavaClasses classes = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.withImportOption((location) -> !location.contains("/kratosadmin/internal/httpclient/"))
		.importPackages("io.github.kratosadmin");

	@Test
	void theModuleHasOnlyTheListedPackages() {
		String location = Path.of("target", "classes").toUri().toString();
		assertThat(this.classes.stream()
			.filter((type) -> type.getSource().orElseThrow().getUri().toString().startsWith(location))
			.map(JavaClass::getPackageName)
			.distinct()).containsExactlyInAnyOrderElementsOf(PACKAGES);
	}

	/**
	 * The comparison with the last release allows new methods of interfaces, as most are
	 * only called by applications. These are implemented.
	 */
	@Test
	void interfacesThatApplicationsImplementGetNoAbstractMethods() {
		assertThat(abstractMethods(KratosAdminConnectionDetails.class)).containsExactly("getBaseUrl");
		assertThat(abstractMethods(OAuth2BearerTokenProviders.class)).containsExactly("forRegistration");
		assertThat(abstractMethods(BearerTokenProvider.class)).containsExactly("getToken");
		assertThat(abstractMethods(KratosAdminInterceptor.class)).isEmpty();
		assertThat(abstractMethods(KratosAdminObservationConvention.class)).isEmpty();
	}

	private static List<String> abstractMethods(Class<?> type) {
		return Stream.of(type.getMethods())
			.filter((method) -> Modifier.isAbstract(method.getModifiers()))
			.map(Method::getName)
			.toList();
	}

	@Test
	void theClientDoesNotUseThisModule() {
		noClasses().that()
			.resideOutsideOfPackages(PACKAGES.toArray(String[]::new))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(PACKAGES.toArray(String[]::new))
			.check(this.classes);
	}

	@Test
	void eachPackageUsesOnlyEarlierOnes() {
		for (int i = 0; i < PACKAGES.size() - 1; i++) {
			noClasses().that()
				.resideInAPackage(PACKAGES.get(i))
				.should()
				.dependOnClassesThat()
				.resideInAnyPackage(PACKAGES.subList(i + 1, PACKAGES.size()).toArray(String[]::new))
				.check(this.classes);
		}
	}

	@Test
	void theModuleUsesNeitherFeignNorInternalTypes() {
		noClasses().that()
			.resideInAnyPackage(PACKAGES.toArray(String[]::new))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("feign..", "org.springframework.cloud..", "io.github.kratosadmin.internal..")
			.check(this.classes);
	}

	/**
	 * The token of an OAuth2 client registration comes from another server than Kratos.
	 */
	@Test
	void onlyTheRequestForAnOauth2TokenUsesAnHttpClient() {
		noClasses().that()
			.resideInAnyPackage(PACKAGES.toArray(String[]::new))
			.and()
			.resideOutsideOfPackage("io.github.kratosadmin.autoconfigure.oauth2")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.http..", "org.springframework.web.client..", "java.net.http..")
			.check(this.classes);
	}

	@Test
	void everyPackageIsNullMarked() {
		Set<JavaPackage> packages = this.classes.stream()
			.map(JavaClass::getPackage)
			.filter((javaPackage) -> PACKAGES.contains(javaPackage.getName()))
			.collect(Collectors.toSet());
		assertThat(packages).hasSameSizeAs(PACKAGES)
			.allSatisfy(
					(javaPackage) -> assertThat(javaPackage.isAnnotatedWith(NullMarked.class)).as(javaPackage.getName())
						.isTrue());
	}

	@Test
	void autoConfigurationsAreFinalWithPackagePrivateMembers() {
		classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.check(this.classes);
		methods().that()
			.areDeclaredInClassesThat()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePackagePrivate()
			.orShould()
			.bePrivate()
			.check(this.classes);
	}

	/**
	 * The order of conditions is that of {@code @Import} and {@code after}, as Spring
	 * Boot recommends.
	 */
	@Test
	void configurationsAreNotOrderedByAnnotation() {
		noClasses().that()
			.resideInAnyPackage(PACKAGES.toArray(String[]::new))
			.should()
			.beAnnotatedWith(Order.class)
			.check(this.classes);
	}

}
