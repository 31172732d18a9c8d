package io.github.kratosadmin.test.embedded;

/**
 * The kinds of self-service flow.
 */
public enum FlowKind {

	/**
	 * Signing in.
	 */
	LOGIN,

	/**
	 * Signing up.
	 */
	REGISTRATION,

	/**
	 * Regaining access to an account.
	 */
	RECOVERY,

	/**
	 * Changing traits, the password and other credentials.
	 */
	SETTINGS,

	/**
	 * Verifying an address.
	 */
	VERIFICATION

}
