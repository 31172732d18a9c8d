package io.github.kratosadmin.test.embedded.internal.identity;

import io.github.kratosadmin.test.embedded.KratosEra;

/**
 * The differences between eras in identities and the responses about them.
 */
final class IdentityRules {

	private IdentityRules() {
	}

	static boolean hasStates(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_7);
	}

	static boolean hasMetadata(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

	static boolean hasExternalIds(KratosEra era) {
		return era.isAtLeast(KratosEra.V26);
	}

	/**
	 * Whether a request can name a region, which the response repeats.
	 */
	static boolean hasRegions(KratosEra era) {
		return era.isAtLeast(KratosEra.NEXT);
	}

	static boolean hasOrganizations(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	static boolean treatsMissingTraitsAsEmpty(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	static boolean lowersAddresses(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

	/**
	 * Whether an address of the traits is compared in lower case with the addresses of a
	 * request.
	 */
	static boolean looksForAddressesInLowerCase(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_0);
	}

	/**
	 * Whether the addresses of a request are converted to lower case for this comparison.
	 */
	static boolean lowersKnownAddresses(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	/**
	 * Whether an address of a request gets a status and a time of verification if the
	 * request has none.
	 */
	static boolean completesImportedAddresses(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_0);
	}

	static boolean dropsTimeOfUnverifiedAddresses(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	static boolean rewritesAddressesOnUpdate(KratosEra era) {
		return !era.isAtLeast(KratosEra.V1_0);
	}

	static boolean rewritesCredentialsOnUpdate(KratosEra era) {
		return !era.isAtLeast(KratosEra.V26);
	}

	static boolean reportsConfigurationForEmptyIdentifiers(KratosEra era) {
		return era.isAtLeast(KratosEra.V26);
	}

	static boolean setsTimeOfUpdate(KratosEra era) {
		return era.isAtLeast(KratosEra.V26);
	}

	static boolean explainsConflicts(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	static boolean namesConstraints(KratosEra era) {
		return !era.isAtLeast(KratosEra.V0_10);
	}

	static boolean storesUnknownStates(KratosEra era) {
		return era == KratosEra.V0_7;
	}

	/**
	 * Whether identities can be patched (from 0.11 on), created in batches, and their
	 * credentials deleted (both from 0.13 on).
	 */
	static boolean patchesIdentities(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_0);
	}

	/**
	 * Whether an identity loses the fields that a patch removes. Before, they stayed.
	 */
	static boolean replacesPatchedIdentities(KratosEra era) {
		return era.isAtLeast(KratosEra.V26);
	}

	static boolean showsCredentials(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_7);
	}

	/**
	 * Whether the response to a create or update has the credentials, as the response to
	 * a read does.
	 */
	static boolean showsCredentialsOfChanges(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

	static boolean showsTimesOfNewCredentials(KratosEra era) {
		return !era.isAtLeast(KratosEra.V1_0) || era.isAtLeast(KratosEra.NEXT);
	}

	/**
	 * Whether credentials are migrated when they are read: passwords and security keys to
	 * version 1.
	 */
	static boolean upgradesCredentials(KratosEra era) {
		return era.isAtLeast(KratosEra.NEXT);
	}

	/**
	 * Whether the parts of a patched credential must fit its type.
	 */
	static boolean checksTypesOfPatchedCredentials(KratosEra era) {
		return era.isAtLeast(KratosEra.NEXT);
	}

	/**
	 * Whether single keys of devices can be deleted.
	 */
	static boolean deletesKeysOfDevices(KratosEra era) {
		return era.isAtLeast(KratosEra.NEXT);
	}

	static boolean hasCredentialVersions(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

	static boolean showsNullAsTimeOfVerification(KratosEra era) {
		return !era.isAtLeast(KratosEra.V0_10);
	}

	static boolean publishesEmptyOrganizations(KratosEra era) {
		return era == KratosEra.V1_3;
	}

	static boolean listsAdminMetadata(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_0);
	}

	/**
	 * Whether the error for an unknown type of credentials names it when one identity is
	 * read.
	 */
	static boolean namesUnknownCredentials(KratosEra era) {
		return !era.isAtLeast(KratosEra.V1_0);
	}

	/**
	 * Whether verifiable addresses are stored in the spelling that the schema package
	 * returns.
	 */
	static boolean keepsSpellingOfVerifiableAddresses(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

}
