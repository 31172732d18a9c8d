package io.github.kratosadmin.test.embedded.internal.flow;

import io.github.kratosadmin.test.embedded.FlowClient;
import io.github.kratosadmin.test.embedded.FlowKind;
import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.identity.IdentityStore;
import io.github.kratosadmin.test.embedded.internal.session.SessionStore;
import io.github.kratosadmin.test.embedded.internal.session.StoredSession;
import org.jspecify.annotations.Nullable;

/**
 * Checks who may read a flow. In 0.6 anybody may. Later a settings flow requires the
 * session of its identity, and the flow of a browser requires its cookie. As there are no
 * cookies here, the flow of a browser cannot be read.
 */
public final class FlowAccess {

	private static final String CSRF_REASON = "The request was rejected to protect you from Cross-Site-Request-Forgery "
			+ "(CSRF) which could cause account takeover, leaking personal information, and other serious security "
			+ "issues.";

	private static final String HINT = "We detected a regular browser or server-side call. To debug browser calls "
			+ "check your Browser's Network Tab to see what cookies are included or excluded. If you are calling from "
			+ "a server ensure that the appropriate cookies are being forwarded and that the SDK method is called "
			+ "correctly.";

	private static final String NO_COOKIE = "The HTTP Cookie Header is empty or not set.";

	private static final String OTHER_HINT = "The anti-CSRF cookie was found but the CSRF token was not included in "
			+ "the HTTP request body (csrf_token) nor in the HTTP Header (X-CSRF-Token).";

	private static final String OTHER_REASON = "The HTTP Cookie Header was set and a CSRF token was sent but they do "
			+ "not match. We recommend deleting all cookies for this domain and retrying the flow.";

	private final KratosEra era;

	private final SessionStore sessions;

	private final IdentityStore identities;

	public FlowAccess(KratosEra era, SessionStore sessions, IdentityStore identities) {
		this.era = era;
		this.sessions = sessions;
		this.identities = identities;
	}

	/**
	 * Checks whether a request may read flows of a kind.
	 * @throws ErrorResponseException if it may not
	 */
	void check(FlowKind kind, @Nullable String sessionToken) {
		if (!FlowRules.protectsFlows(this.era) || kind != FlowKind.SETTINGS) {
			return;
		}
		StoredSession session = this.sessions.find(sessionToken);
		if (session == null || !this.identities.get(session.identityId()).isActive()) {
			throw new ErrorResponseException(401, "The request could not be authorized")
				.withReason("A valid Ory Session Cookie or Ory Session Token is missing.");
		}
	}

	/**
	 * Checks whether a request may read a flow.
	 * @throws ErrorResponseException if it may not
	 */
	void check(Flow flow, @Nullable String sessionToken) {
		if (!FlowRules.protectsFlows(this.era)) {
			return;
		}
		if (flow.kind() == FlowKind.SETTINGS) {
			StoredSession session = this.sessions.find(sessionToken);
			if (session == null || !session.identityId().equals(flow.identityId())) {
				throw ErrorResponseException
					.forbidden("The request was made for another identity and has been blocked for security reasons.")
					.withId(FlowRules.namesErrorsOfFlows(this.era) ? "security_identity_mismatch" : null);
			}
		}
		else if (flow.client() == FlowClient.BROWSER && !flow.forAnybody()) {
			throw crossSite();
		}
	}

	private ErrorResponseException crossSite() {
		boolean named = FlowRules.namesErrorsOfFlows(this.era);
		return new ErrorResponseException(403,
				"the request was rejected to protect you from Cross-Site-Request-Forgery")
			.withId(named ? "security_csrf_violation" : null)
			.withReason(named ? "Please retry the flow and optionally clear your cookies. " + CSRF_REASON : CSRF_REASON)
			.withDetail("docs", "https://www.ory.sh/kratos/docs/debug/csrf")
			.withDetail("hint", FlowRules.explainsMissingCookies(this.era) ? HINT : OTHER_HINT)
			.withDetail("reject_reason", FlowRules.explainsMissingCookies(this.era) ? NO_COOKIE : OTHER_REASON);
	}

}
