package io.github.kratosadmin.test.embedded.internal.identity;

import io.github.kratosadmin.test.embedded.KratosEra;

/**
 * What an identity is in each era, and what of it a response shows.
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

	static boolean hasOrganizations(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	static boolean takesNoTraitsForEmptyTraits(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	static boolean lowersAddresses(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

	/**
	 * Whether an address in the traits is looked for in lower case among those that a
	 * request tells about.
	 */
	static boolean looksForAddressesInLowerCase(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_0);
	}

	/**
	 * Whether those are in lower case too.
	 */
	static boolean lowersKnownAddresses(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	/**
	 * Whether an address that a request tells about gets what the request does not tell.
	 */
	static boolean completesImportedAddresses(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_0);
	}

	static boolean forgetsVerificationOfUnverifiedAddresses(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	static boolean storesAddressesAnewOnUpdate(KratosEra era) {
		return !era.isAtLeast(KratosEra.V1_0);
	}

	static boolean storesCredentialsAnewOnUpdate(KratosEra era) {
		return !era.isAtLeast(KratosEra.V26);
	}

	static boolean blamesConfigurationForEmptyIdentifiers(KratosEra era) {
		return era.isAtLeast(KratosEra.V26);
	}

	static boolean touchesIdentitiesOnUpdate(KratosEra era) {
		return era.isAtLeast(KratosEra.V26);
	}

	static boolean explainsConflicts(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	static boolean namesConstraints(KratosEra era) {
		return !era.isAtLeast(KratosEra.V0_10);
	}

	static boolean updatesToUnknownStates(KratosEra era) {
		return era == KratosEra.V0_7;
	}

	/**
	 * Whether identities can be patched, which came with 0.11, and created many at once
	 * and their credentials deleted, which came with 0.13.
	 */
	static boolean patchesIdentities(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_0);
	}

	/**
	 * Whether an identity that is patched loses what the patch removes. Before, what was
	 * removed stayed.
	 */
	static boolean readsPatchedIdentitiesAnew(KratosEra era) {
		return era.isAtLeast(KratosEra.V26);
	}

	static boolean showsCredentials(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_7);
	}

	/**
	 * Whether a new or changed identity is answered as completely as one that is read.
	 */
	static boolean showsCredentialsOfChanges(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

	static boolean datesNewCredentials(KratosEra era) {
		return !era.isAtLeast(KratosEra.V1_0);
	}

	static boolean versionsCredentials(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

	static boolean showsThatAddressesAreNotVerified(KratosEra era) {
		return !era.isAtLeast(KratosEra.V0_10);
	}

	static boolean publishesEmptyOrganizations(KratosEra era) {
		return era == KratosEra.V1_3;
	}

	static boolean listsAdminMetadata(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_0);
	}

	/**
	 * Whether an identity is refused with the name of the type that there is not.
	 */
	static boolean namesUnknownCredentials(KratosEra era) {
		return !era.isAtLeast(KratosEra.V1_0);
	}

	/**
	 * Whether the schema has found verifiable addresses in the spelling in which they are
	 * stored.
	 */
	static boolean takesVerifiableAddressesAsFound(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

}
