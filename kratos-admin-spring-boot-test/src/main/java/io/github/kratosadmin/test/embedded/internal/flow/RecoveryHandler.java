package io.github.kratosadmin.test.embedded.internal.flow;

import java.time.Duration;

import io.github.kratosadmin.test.embedded.FlowClient;
import io.github.kratosadmin.test.embedded.FlowKind;
import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.AdminRequest;
import io.github.kratosadmin.test.embedded.internal.http.AdminResponse;
import io.github.kratosadmin.test.embedded.internal.http.BodyDecoder;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.JsonBody;
import io.github.kratosadmin.test.embedded.internal.http.MalformedBodyException;
import io.github.kratosadmin.test.embedded.internal.http.Router;
import io.github.kratosadmin.test.embedded.internal.http.Urls;
import io.github.kratosadmin.test.embedded.internal.identity.IdentityStore;
import io.github.kratosadmin.test.embedded.internal.identity.StoredIdentity;
import io.github.kratosadmin.test.embedded.internal.text.GoDuration;
import io.github.kratosadmin.test.embedded.internal.text.Ids;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import io.github.kratosadmin.test.embedded.internal.text.Tokens;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Handles the requests for recovery links and codes.
 */
public final class RecoveryHandler {

	private static final String BROWSER = "browser";

	private final KratosEra era;

	private final IdentityStore identities;

	private final FlowFactory factory;

	private final FlowStore flows;

	private final Urls urls;

	private final ReturnTo returnTo;

	private final Duration defaultLifespan;

	public RecoveryHandler(KratosEra era, IdentityStore identities, FlowFactory factory, FlowStore flows, Urls urls,
			Duration defaultLifespan) {
		this.era = era;
		this.identities = identities;
		this.factory = factory;
		this.flows = flows;
		this.urls = urls;
		this.returnTo = new ReturnTo(era, urls);
		this.defaultLifespan = defaultLifespan;
	}

	public void addRoutes(Router router) {
		router.add("POST", "/recovery/link", (request, none) -> createLink(request));
		if (FlowRules.createsRecoveryCodes(this.era)) {
			router.add("POST", "/recovery/code", (request, none) -> createCode(request));
		}
	}

	private AdminResponse createLink(AdminRequest request) {
		LinkRequest link = JsonBody.read("link.CreateRecoveryLink", request,
				(body) -> new LinkRequest(parseId(body.string("identity_id")), body.string("expires_in")));
		Duration lifespan = parseLifespan(link.expiresIn);
		if (lifespan.isNegative() || lifespan.isZero()) {
			throw ErrorResponseException
				.badRequest("Value from \"expires_in\" must be result to a future time: " + link.expiresIn);
		}
		this.returnTo.check(request.query());
		StoredIdentity identity = identity(link.identityId);
		if (FlowRules.recoversOnlyAddresses(this.era) && identity.recoveryAddresses().isEmpty()) {
			throw ErrorResponseException.badRequest("The identity does not have any recovery addresses set.");
		}
		Flow flow = this.factory.createForRecoveryLink(this.urls.admin() + request.target(), lifespan);
		this.flows.add(flow);
		ObjectNode json = Json.object();
		json.put("recovery_link",
				this.urls.submit(FlowKind.RECOVERY, flow.id()) + "&token=" + Tokens.sessionOrLinkToken());
		json.put("expires_at", Json.timestamp(flow.expiresAt()));
		return AdminResponse.ok(json);
	}

	private AdminResponse createCode(AdminRequest request) {
		CodeRequest code = JsonBody.read("createRecoveryCodeForIdentityBody", request,
				(body) -> new CodeRequest(parseId(body.string("identity_id")), body.string("expires_in"),
						FlowRules.recoversByFlowType(this.era) ? flowType(body) : BROWSER));
		Duration lifespan = parseLifespan(code.expiresIn);
		if (lifespan.isNegative() || lifespan.isZero()) {
			throw ErrorResponseException.badRequest("Value from \"expires_in\" must result to a future time: "
					+ (FlowRules.rewritesDurations(this.era) ? GoDuration.format(lifespan) : code.expiresIn));
		}
		FlowClient client = parseClient(code.flowType);
		this.returnTo.check(request.query());
		StoredIdentity identity = this.identities.find(code.identityId);
		if (identity == null) {
			throw ErrorResponseException.noSuchRow().withReason("could not find identity");
		}
		Flow flow = this.factory.createForRecoveryCode(client, this.urls.admin() + request.target(), lifespan);
		this.flows.add(flow);
		ObjectNode json = Json.object();
		json.put("recovery_link", this.urls.page(FlowKind.RECOVERY, flow.id()));
		json.put("recovery_code", Tokens.code());
		json.put("expires_at", Json.timestamp(flow.expiresAt()));
		return AdminResponse.json(201, json);
	}

	private StoredIdentity identity(@Nullable String id) {
		try {
			return this.identities.get(id);
		}
		catch (ErrorResponseException ex) {
			throw FlowRules.returns404ForUnknownIdentity(this.era) ? ex
					: ErrorResponseException.badRequest("The requested identity id does not exist.");
		}
	}

	/**
	 * An empty text does not count as unset.
	 */
	private static String flowType(BodyDecoder body) throws MalformedBodyException {
		JsonNode given = body.raw("flow_type");
		return (given == null || given.isNull()) ? BROWSER : body.string("flow_type", "flow.Type");
	}

	private @Nullable String parseId(String text) throws MalformedBodyException {
		String id = Ids.parse(text);
		if (id == null && !text.isEmpty()) {
			throw new MalformedBodyException(Ids.explain(text, this.era));
		}
		return id;
	}

	private Duration parseLifespan(String expiresIn) {
		if (expiresIn.isEmpty()) {
			return this.defaultLifespan;
		}
		Duration lifespan = GoDuration.parse(expiresIn);
		if (lifespan == null) {
			if (FlowRules.explainsDurations(this.era)) {
				throw ErrorResponseException.badRequest("Unable to parse \"expires_in\" as a duration string "
						+ "(e.g. \"1h\", \"1m30s\", \"500ms\"): " + expiresIn);
			}
			throw ErrorResponseException.badRequest("Unable to parse \"expires_in\" whose format should match "
					+ "\"[0-9]+(ns|us|ms|s|m|h)\" but did not: " + expiresIn);
		}
		return lifespan;
	}

	private static FlowClient parseClient(String type) {
		return switch (type) {
			case BROWSER -> FlowClient.BROWSER;
			case "api" -> FlowClient.API;
			default ->
				throw ErrorResponseException.badRequest("Value from \"flow_type\" is not valid: \"" + type + "\"");
		};
	}

	private record LinkRequest(@Nullable String identityId, String expiresIn) {

	}

	private record CodeRequest(@Nullable String identityId, String expiresIn, String flowType) {

	}

}
