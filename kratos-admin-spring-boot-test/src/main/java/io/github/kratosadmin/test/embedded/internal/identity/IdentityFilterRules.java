package io.github.kratosadmin.test.embedded.internal.identity;

import io.github.kratosadmin.test.embedded.KratosEra;

/**
 * Which filters a list of identities has in each era.
 */
final class IdentityFilterRules {

	private IdentityFilterRules() {
	}

	static boolean filtersByIdentifier(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_0);
	}

	static boolean filtersByIds(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	static boolean limitsFilterByIds(KratosEra era) {
		return era.isAtLeast(KratosEra.V26);
	}

	static boolean filtersByOrganization(KratosEra era) {
		return era.isAtLeast(KratosEra.V26);
	}

	/**
	 * Whether what links an identity to another provider is an identifier to filter by.
	 */
	static boolean filtersByLinks(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	static boolean refusesSeveralFilters(KratosEra era) {
		return era.isAtLeast(KratosEra.V26);
	}

	static boolean listsCredentials(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	/**
	 * Whether a list is refused with the name of the type that there is not.
	 */
	static boolean namesUnknownCredentialsOfLists(KratosEra era) {
		return era.isAtLeast(KratosEra.V26);
	}

}
