package io.github.kratosadmin.test.embedded.internal.flow;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

import io.github.kratosadmin.test.embedded.FlowClient;
import io.github.kratosadmin.test.embedded.FlowKind;
import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.AdminResponse;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.Router;
import io.github.kratosadmin.test.embedded.internal.http.Urls;
import io.github.kratosadmin.test.embedded.internal.identity.IdentityJson;
import io.github.kratosadmin.test.embedded.internal.identity.IdentityStore;
import io.github.kratosadmin.test.embedded.internal.text.Ids;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import io.github.kratosadmin.test.embedded.internal.text.Names;
import org.jspecify.annotations.Nullable;

/**
 * Handles the requests for self-service flows.
 */
public final class FlowHandler {

	private static final String GONE = "The requested resource is no longer available because it has expired or is "
			+ "otherwise invalid.";

	private static final String EXPIRED_ID = "self_service_flow_expired";

	private final KratosEra era;

	private final FlowStore flows;

	private final FlowAccess access;

	private final IdentityStore identities;

	private final IdentityJson json;

	private final Urls urls;

	private final Clock clock;

	public FlowHandler(KratosEra era, FlowStore flows, FlowAccess access, IdentityStore identities, Urls urls,
			Clock clock) {
		this.era = era;
		this.flows = flows;
		this.access = access;
		this.identities = identities;
		this.json = new IdentityJson(era, urls);
		this.urls = urls;
		this.clock = clock;
	}

	public void addRoutes(Router router) {
		for (FlowKind kind : FlowKind.values()) {
			router.add("GET", Urls.path(kind) + "/flows",
					(request, none) -> get(kind, request.query().first("id"), request.sessionToken()));
		}
	}

	private AdminResponse get(FlowKind kind, String id, @Nullable String sessionToken) {
		this.access.check(kind, sessionToken);
		Flow flow = this.flows.find(kind, Ids.parse(id));
		if (flow == null) {
			return unknown(kind);
		}
		this.access.check(flow, sessionToken);
		if (flow.expiresAt().isBefore(this.clock.instant())) {
			throw expired(flow);
		}
		return AdminResponse.ok(flow.toJson(this.era, (identityId) -> this.json.own(this.identities.get(identityId))));
	}

	private AdminResponse unknown(FlowKind kind) {
		if (kind == FlowKind.VERIFICATION && FlowRules.returnsNullForUnknownVerification(this.era)) {
			return AdminResponse.ok(Json.nothing());
		}
		if (kind == FlowKind.SETTINGS && FlowRules.forbidsUnknownSettings(this.era)) {
			throw ErrorResponseException
				.forbidden("Access privileges are missing, invalid, or not sufficient to access this " + "endpoint.")
				.withDebug("Unable to locate the resource");
		}
		throw ErrorResponseException.noSuchRow();
	}

	private ErrorResponseException expired(Flow flow) {
		boolean browser = (flow.client() == FlowClient.BROWSER);
		String newFlow = this.urls.init(flow.kind(), flow.client());
		if (flow.kind() == FlowKind.RECOVERY && !browser && FlowRules.showsTimeSinceRecoveryExpired(this.era)) {
			double minutes = Duration.between(flow.expiresAt(), this.clock.instant()).toMillis() / 60_000.0;
			return new ErrorResponseException(410, "self-service flow expired").withId(EXPIRED_ID)
				.withReason("The self-service flow expired " + String.format(Locale.ROOT, "%.2f", minutes)
						+ " minutes ago, initialize a new one.")
				.withDetail("api", newFlow);
		}
		String kind = Names.of(flow.kind());
		String advice = browser ? "Redirect the user to the " + kind + " flow init endpoint"
				: "Call the " + kind + " flow init API endpoint";
		ErrorResponseException error = new ErrorResponseException(410, GONE)
			.withReason("The " + kind + " flow has expired. " + advice + " to initialize a new " + kind + " flow.")
			.withDetail(browser ? "redirect_to" : "api", newFlow);
		if (!FlowRules.namesErrorsOfFlows(this.era)) {
			return error;
		}
		if (flow.kind() == FlowKind.LOGIN || flow.kind() == FlowKind.REGISTRATION) {
			error.withId(EXPIRED_ID);
		}
		return browser ? error.withDetail("return_to", "") : error;
	}

}
