package io.github.kratosadmin.autoconfigure;

import java.util.Set;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the wiring apart from what it wires.
 */
class ArchitectureTests {

	private final JavaClasses classes = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.withImportOption((location) -> !location.contains("/kratosadmin/internal/httpclient/"))
		.importPackages("io.github.kratosadmin");

	@Test
	void theClientKnowsNothingOfTheWiring() {
		noClasses().that()
			.resideOutsideOfPackage("io.github.kratosadmin.autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.github.kratosadmin.autoconfigure..")
			.check(this.classes);
	}

	@Test
	void theWiringUsesNeitherFeignNorAnHttpClient() {
		noClasses().that()
			.resideInAPackage("io.github.kratosadmin.autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("feign..", "org.springframework.cloud..", "io.github.kratosadmin.internal..",
					"org.springframework.http..", "java.net.http..")
			.check(this.classes);
	}

	@Test
	void everyPackageIsNullMarked() {
		Set<JavaPackage> packages = this.classes.stream()
			.map(JavaClass::getPackage)
			.filter((javaPackage) -> javaPackage.getName().startsWith("io.github.kratosadmin.autoconfigure"))
			.collect(Collectors.toSet());
		assertThat(packages).isNotEmpty()
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

}
