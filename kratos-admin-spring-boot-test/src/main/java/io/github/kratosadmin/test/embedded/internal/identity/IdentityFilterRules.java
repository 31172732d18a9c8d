package io.github.kratosadmin.test.embedded.internal.identity;

import io.github.kratosadmin.test.embedded.KratosEra;

/**
 * The differences between eras in the filters of lists of identities.
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
	 * Whether the filter by identifier includes links to other providers.
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
	 * Whether the error for an unknown type of credentials names it.
	 */
	static boolean namesUnknownCredentialsOfLists(KratosEra era) {
		return era.isAtLeast(KratosEra.V26);
	}

}
