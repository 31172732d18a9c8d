package io.github.kratosadmin.test.embedded.internal.flow;

import java.util.List;

import io.github.kratosadmin.test.embedded.KratosEra;

/**
 * The differences between eras in the forms of flows.
 */
final class FormRules {

	private FormRules() {
	}

	/**
	 * The context of the label of an input for a trait.
	 */
	static List<String> contextOfTraitLabels(KratosEra era) {
		if (era.isAtLeast(KratosEra.V26)) {
			return List.of("name", "title");
		}
		return era.isAtLeast(KratosEra.V1_3) ? List.of("title") : List.of();
	}

	static boolean writesEmptyContexts(KratosEra era) {
		return !era.isAtLeast(KratosEra.V1_3);
	}

	static boolean writesEmptyMessages(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_7);
	}

	static boolean hasNodeTypes(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

	static boolean marksRequiredTraits(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

	static boolean completesRecoveryCodes(KratosEra era) {
		return era.isAtLeast(KratosEra.NEXT);
	}

	static boolean completesInputs(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_0);
	}

	static boolean separatesIdentifierFromPassword(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

	static boolean labelsIdentifierAsTrait(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	static boolean labelsEmail(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

	static boolean asksForTraitsFirst(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	static boolean startsFormsWithCsrfToken(KratosEra era) {
		return era.isAtLeast(KratosEra.V26);
	}

	static boolean losesMethodWhenLinkIsSent(KratosEra era) {
		return !era.isAtLeast(KratosEra.V0_7);
	}

	static boolean describesCodes(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	static boolean continuesForms(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	static boolean hasSecondFactors(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

}
