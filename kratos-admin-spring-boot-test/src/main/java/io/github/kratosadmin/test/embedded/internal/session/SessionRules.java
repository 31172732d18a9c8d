package io.github.kratosadmin.test.embedded.internal.session;

import io.github.kratosadmin.test.embedded.KratosEra;

/**
 * What sessions can do in each era.
 */
final class SessionRules {

	private SessionRules() {
	}

	/**
	 * Whether sessions can be extended, and those of an identity listed and deleted.
	 */
	static boolean hasSessions(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

	/**
	 * Whether all sessions can be listed, and one be read or disabled.
	 */
	static boolean listsAllSessions(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_0);
	}

	static boolean sortsSessionsById(KratosEra era) {
		return !era.isAtLeast(KratosEra.V1_3);
	}

	static boolean tellsPagesOfIdentitySessions(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_0);
	}

	/**
	 * Whether a session shows that it has expired, or that its identity is inactive.
	 */
	static boolean calculatesActivityOfSessions(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_0);
	}

	static boolean showsIdentityOfExtendedSession(KratosEra era) {
		return era != KratosEra.V1_0;
	}

	/**
	 * Whether a server can be told not to show the session that it extended.
	 */
	static boolean extendsSessionsSilently(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	static boolean hasDevices(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_0);
	}

	static boolean debugsMalformedIds(KratosEra era) {
		return !era.isAtLeast(KratosEra.V1_0);
	}

	static String prefixOfSessionTokens(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_0) ? "ory_st_" : "";
	}

}
