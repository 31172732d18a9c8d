package io.github.kratosadmin.test.embedded.internal.flow;

import io.github.kratosadmin.test.embedded.FlowKind;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.jspecify.annotations.Nullable;

/**
 * The differences between eras in flows, recovery and self-service errors.
 */
final class FlowRules {

	private FlowRules() {
	}

	/**
	 * Whether the sign-in with a provider can be tested.
	 */
	static boolean testsLogins(KratosEra era) {
		return era.isAtLeast(KratosEra.NEXT);
	}

	/**
	 * Whether a settings flow has an organization.
	 */
	static boolean namesOrganizationsOfSettings(KratosEra era) {
		return era.isAtLeast(KratosEra.NEXT);
	}

	/**
	 * Whether the error for a malformed duration has examples.
	 */
	static boolean explainsDurations(KratosEra era) {
		return era.isAtLeast(KratosEra.NEXT);
	}

	static boolean showsReturnTo(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_7);
	}

	static boolean hasAuthenticatorAssuranceLevels(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

	static boolean sendsCodes(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_0);
	}

	static boolean returnsNullForUnknownVerification(KratosEra era) {
		return !era.isAtLeast(KratosEra.V0_10);
	}

	static boolean forbidsUnknownSettings(KratosEra era) {
		return era == KratosEra.V0_7;
	}

	static boolean namesErrorsOfFlows(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

	/**
	 * Whether the error for the flow of a browser says that there is no cookie.
	 */
	static boolean explainsMissingCookies(KratosEra era) {
		return era.isAtLeast(KratosEra.V26);
	}

	static boolean showsTimeSinceRecoveryExpired(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	static boolean recoversOnlyAddresses(KratosEra era) {
		return !era.isAtLeast(KratosEra.V0_10);
	}

	static boolean returns404ForUnknownIdentity(KratosEra era) {
		return !era.isAtLeast(KratosEra.V0_10);
	}

	static boolean createsRecoveryCodes(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_0);
	}

	/**
	 * Whether a recovery code can be for the flow of an API client.
	 */
	static boolean recoversByFlowType(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	static boolean rewritesDurations(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	static boolean checksReturnTo(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

	static boolean failsOnMalformedReturnTo(KratosEra era) {
		return !era.isAtLeast(KratosEra.V1_0);
	}

	static boolean listsSelfServiceErrors(KratosEra era) {
		return !era.isAtLeast(KratosEra.V0_7);
	}

	/**
	 * Whether the public port returns 403 for an unknown self-service error.
	 */
	static boolean returns403ForUnknownErrors(KratosEra era) {
		return !era.isAtLeast(KratosEra.V0_7);
	}

	static boolean findsSelfServiceErrorsById(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_7);
	}

	/**
	 * Whether only the browser or the identity of a flow can read it.
	 */
	static boolean protectsFlows(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_7);
	}

	static boolean namesOrganizations(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	/**
	 * The state of a new flow, or null if its kind has none.
	 */
	static @Nullable String initialState(KratosEra era, FlowKind kind) {
		return switch (kind) {
			case RECOVERY, VERIFICATION -> "choose_method";
			case SETTINGS -> "show_form";
			case LOGIN, REGISTRATION -> era.isAtLeast(KratosEra.V1_3) ? "choose_method" : null;
		};
	}

}
