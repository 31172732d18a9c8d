package io.github.kratosadmin.test.embedded;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of self-service flow.
 */
public enum FlowKind {

	/**
	 * Signing in.
	 */
	LOGIN(null),

	/**
	 * Signing up.
	 */
	REGISTRATION(null),

	/**
	 * Getting back into an account.
	 */
	RECOVERY("choose_method"),

	/**
	 * Changing one's traits or password.
	 */
	SETTINGS("show_form"),

	/**
	 * Proving that an address is one's own.
	 */
	VERIFICATION("choose_method");

	private final @Nullable String initialState;

	FlowKind(@Nullable String initialState) {
		this.initialState = initialState;
	}

	public String value() {
		return name().toLowerCase(Locale.ROOT);
	}

	public @Nullable String initialState(KratosEra era) {
		return (this.initialState == null && era.allFlowsHaveStates()) ? "choose_method" : this.initialState;
	}

	/**
	 * The path of this kind's form; what starts and fetches a flow lies below it.
	 */
	public String path() {
		return "/self-service/" + value();
	}

}
