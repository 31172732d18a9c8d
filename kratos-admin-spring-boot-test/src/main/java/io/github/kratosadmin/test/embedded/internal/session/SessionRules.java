package io.github.kratosadmin.test.embedded.internal.session;

import io.github.kratosadmin.test.embedded.KratosEra;

/**
 * The differences between eras in sessions.
 */
final class SessionRules {

	private SessionRules() {
	}

	/**
	 * Whether sessions can be extended, and the sessions of an identity listed and
	 * deleted.
	 */
	static boolean hasSessions(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

	/**
	 * Whether all sessions can be listed, and a session read or disabled.
	 */
	static boolean listsAllSessions(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_0);
	}

	/**
	 * Whether the sessions of many identities can be disabled or deleted at once.
	 */
	static boolean managesSessions(KratosEra era) {
		return era.isAtLeast(KratosEra.NEXT);
	}

	/**
	 * Whether the identity of a session has its metadata for administrators, except in
	 * the response to an extension.
	 */
	static boolean showsAdminMetadata(KratosEra era) {
		return era.isAtLeast(KratosEra.NEXT);
	}

	static boolean sortsSessionsById(KratosEra era) {
		return !era.isAtLeast(KratosEra.V1_3);
	}

	static boolean pagesIdentitySessions(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_0);
	}

	/**
	 * Whether a session is shown as inactive if it has expired or its identity is
	 * inactive.
	 */
	static boolean calculatesActivityOfSessions(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_0);
	}

	static boolean showsIdentityOfExtendedSession(KratosEra era) {
		return era != KratosEra.V1_0;
	}

	/**
	 * Whether a server can be configured not to return an extended session.
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
