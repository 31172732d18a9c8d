package io.github.kratosadmin.test;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Keeps what stands in for Kratos usable without Spring.
 */
class ArchitectureTests {

	private final JavaClasses classes = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.github.kratosadmin.test");

	@Test
	void theStandInUsesNoSpringAndNotTheClient() {
		noClasses().that()
			.resideInAPackage("..test.embedded..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework..", "feign..", "io.github.kratosadmin.identity..",
					"io.github.kratosadmin.selfservice..", "io.github.kratosadmin.autoconfigure..")
			.check(this.classes);
	}

	@Test
	void fixturesUseNoSpring() {
		noClasses().that()
			.resideInAPackage("..test.fixture..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework..", "feign..")
			.check(this.classes);
	}

	@Test
	void packagesHaveNoCycles() {
		SlicesRuleDefinition.slices()
			.matching("io.github.kratosadmin.test.(*)..")
			.should()
			.beFreeOfCycles()
			.check(this.classes);
	}

}
