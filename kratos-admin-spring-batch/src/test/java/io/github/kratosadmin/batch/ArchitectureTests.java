package io.github.kratosadmin.batch;

import java.util.Set;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the packages of this module and their dependencies.
 */
class ArchitectureTests {

	private static final String PACKAGE = "io.github.kratosadmin.batch";

	static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(PACKAGE);

	@Test
	void theModuleHasASinglePackageThatIsNullMarked() {
		assertThat(CLASSES.contain(KratosIdentityItemReader.class)).isTrue();
		assertThat(CLASSES.contain(ArchitectureTests.class)).isFalse();
		Set<JavaPackage> packages = CLASSES.stream().map(JavaClass::getPackage).collect(Collectors.toSet());
		assertThat(packages).extracting(JavaPackage::getName).containsExactly(PACKAGE);
		assertThat(packages).allMatch((javaPackage) -> javaPackage.isAnnotatedWith(NullMarked.class));
	}

	/**
	 * What applications may use of the client is enough.
	 */
	@Test
	void theModuleUsesOnlyTheApiOfTheClient() {
		noClasses().should().dependOnClassesThat().resideInAPackage("io.github.kratosadmin.internal..").check(CLASSES);
	}

	@Test
	void theModuleUsesNeitherFeignNorAnHttpClientNorSpringBoot() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("feign..", "org.springframework.cloud..", "org.springframework.boot..",
					"org.springframework.http..", "org.springframework.web..", "java.net.http..", "org.apache.hc..")
			.check(CLASSES);
	}

	@Test
	void readersAndWritersAreMadeByTheirBuilders() {
		assertThat(StepScopeTests.beans()).allSatisfy((type) -> assertThat(type.getConstructors()).isEmpty());
		assertThat(StepScopeTests.beans()).filteredOn((type) -> type != KratosIdentityRangePartitioner.class)
			.allSatisfy((type) -> assertThat(Class.forName(type.getName() + "Builder").getConstructor().newInstance())
				.isNotNull());
	}

}
