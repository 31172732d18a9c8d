package io.github.kratosadmin.test.embedded.internal.http;

import io.github.kratosadmin.test.embedded.KratosEra;

/**
 * Where each era has its operations: on which port, and below which prefix.
 */
final class PortRules {

	private PortRules() {
	}

	static boolean hasAdminPrefix(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

	static boolean redirectsToAdminPrefix(KratosEra era) {
		return hasAdminPrefix(era) && !era.isAtLeast(KratosEra.V26);
	}

	/**
	 * Whether flows, errors and schemas are on the public port only, for those who may
	 * read them.
	 */
	static boolean redirectsToPublicUrl(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_7);
	}

}
