package io.github.kratosadmin.test.embedded.internal.http;

import io.github.kratosadmin.test.embedded.KratosEra;

/**
 * The differences between eras in the prefix and the redirects of the admin port.
 */
final class PortRules {

	static final String ADMIN_PREFIX = "/admin";

	private PortRules() {
	}

	static boolean hasAdminPrefix(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

	static boolean redirectsToAdminPrefix(KratosEra era) {
		return hasAdminPrefix(era) && !era.isAtLeast(KratosEra.V26);
	}

	/**
	 * Whether only the public port has flows, errors and schemas.
	 */
	static boolean redirectsToPublicUrl(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_7);
	}

}
