package io.github.kratosadmin.test;

import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.github.kratosadmin.test.embedded.FlowClient;
import io.github.kratosadmin.test.embedded.FlowKind;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Tests for the dependencies between the packages of this module.
 */
class ArchitectureTests {

	private static final String EMBEDDED = "io.github.kratosadmin.test.embedded";

	private static final String INTERNAL = EMBEDDED + ".internal..";

	private final JavaClasses classes = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.github.kratosadmin.test");

	@Test
	void embeddedKratosUsesNeitherSpringNorClient() {
		DescribedPredicate<JavaClass> otherModules = resideInAPackage("io.github.kratosadmin..")
			.and(resideOutsideOfPackage(EMBEDDED + ".."));
		noClasses().that()
			.resideInAPackage(EMBEDDED + "..")
			.should()
			.dependOnClassesThat(resideInAnyPackage("org.springframework..", "feign..").or(otherModules))
			.check(this.classes);
	}

	@Test
	void fixturesDoNotUseSpring() {
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

	@Test
	void packagesOfEmbeddedKratosHaveNoCycles() {
		SlicesRuleDefinition.slices()
			.assignedFrom(new EmbeddedPackages())
			.should()
			.beFreeOfCycles()
			.check(this.classes);
	}

	@Test
	void onlyEmbeddedKratosUsesItsInternalPackages() {
		JavaClasses all = new ClassFileImporter().importPackages("io.github.kratosadmin.test");
		noClasses().that()
			.resideOutsideOfPackage(EMBEDDED + "..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(INTERNAL)
			.check(all);
	}

	@Test
	void apiOfEmbeddedKratosHasNoInternalTypes() {
		members().that()
			.areDeclaredInClassesThat()
			.resideInAPackage(EMBEDDED)
			.and()
			.areDeclaredInClassesThat()
			.arePublic()
			.and()
			.arePublic()
			.should(new NameNoInternalType())
			.check(this.classes);
	}

	/**
	 * Each package is a slice. The enums that a test chooses from are another slice,
	 * which all packages may use.
	 */
	private static final class EmbeddedPackages implements SliceAssignment {

		private static final Set<String> CHOICES = Set.of(KratosEra.class.getName(), FlowKind.class.getName(),
				FlowClient.class.getName());

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass type) {
			if (!type.getPackageName().startsWith(EMBEDDED)) {
				return SliceIdentifier.ignore();
			}
			return SliceIdentifier.of(CHOICES.contains(type.getName()) ? "choices" : type.getPackageName());
		}

		@Override
		public String getDescription() {
			return "the packages of the embedded Kratos";
		}

	}

	private static final class NameNoInternalType extends ArchCondition<JavaMember> {

		NameNoInternalType() {
			super("name no internal type");
		}

		@Override
		public void check(JavaMember member, ConditionEvents events) {
			member.getAllInvolvedRawTypes()
				.stream()
				.filter(resideInAPackage(INTERNAL))
				.forEach((type) -> events
					.add(SimpleConditionEvent.violated(member, member.getDescription() + " names " + type.getName())));
		}

	}

}
