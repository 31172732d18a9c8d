package io.github.kratosadmin.test.embedded.internal.flow;

import io.github.kratosadmin.test.embedded.FlowKind;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.jspecify.annotations.Nullable;

/**
 * What a flow, a recovery and a self-service error are in each era.
 */
final class FlowRules {

	private FlowRules() {
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

	static boolean answersNullForUnknownVerification(KratosEra era) {
		return !era.isAtLeast(KratosEra.V0_10);
	}

	static boolean forbidsUnknownSettings(KratosEra era) {
		return era == KratosEra.V0_7;
	}

	static boolean namesErrorsOfFlows(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

	/**
	 * Whether the reason for which a browser's flow is refused is the true one.
	 */
	static boolean explainsMissingCookies(KratosEra era) {
		return era.isAtLeast(KratosEra.V26);
	}

	static boolean tellsHowLongAgoRecoveryExpired(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	static boolean recoversOnlyAddresses(KratosEra era) {
		return !era.isAtLeast(KratosEra.V0_10);
	}

	static boolean recoversNobodyWith404(KratosEra era) {
		return !era.isAtLeast(KratosEra.V0_10);
	}

	static boolean createsRecoveryCodes(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_0);
	}

	/**
	 * Whether a recovery code can be for other flows than a browser's.
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

	static boolean blamesServerForReturnTo(KratosEra era) {
		return !era.isAtLeast(KratosEra.V1_0);
	}

	static boolean listsSelfServiceErrors(KratosEra era) {
		return !era.isAtLeast(KratosEra.V0_7);
	}

	/**
	 * Whether the public port answers 403 for a self-service error that is not there.
	 */
	static boolean forbidsUnknownErrors(KratosEra era) {
		return !era.isAtLeast(KratosEra.V0_7);
	}

	static boolean findsSelfServiceErrorsById(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_7);
	}

	/**
	 * Whether a flow can be read only by the browser, or the identity, that it is for.
	 */
	static boolean protectsFlows(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_7);
	}

	static boolean namesOrganizations(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	/**
	 * The state of a new flow, if its kind has states.
	 */
	static @Nullable String initialState(KratosEra era, FlowKind kind) {
		return switch (kind) {
			case RECOVERY, VERIFICATION -> "choose_method";
			case SETTINGS -> "show_form";
			case LOGIN, REGISTRATION -> era.isAtLeast(KratosEra.V1_3) ? "choose_method" : null;
		};
	}

}
