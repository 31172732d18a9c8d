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
	 * Getting back into an account.
	 */
	RECOVERY,

	/**
	 * Changing one's traits or password.
	 */
	SETTINGS,

	/**
	 * Proving that an address is one's own.
	 */
	VERIFICATION

}
