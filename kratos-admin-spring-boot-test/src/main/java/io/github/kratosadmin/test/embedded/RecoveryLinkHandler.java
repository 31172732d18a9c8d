package io.github.kratosadmin.test.embedded;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers the requests for recovery links.
 */
final class RecoveryLinkHandler {

	private final IdentityStore identities;

	private final FlowFactory factory;

	private final FlowStore flows;

	private final Urls urls;

	private final Duration defaultLifespan;

	RecoveryLinkHandler(IdentityStore identities, FlowFactory factory, FlowStore flows, Urls urls,
			Duration defaultLifespan) {
		this.identities = identities;
		this.factory = factory;
		this.flows = flows;
		this.urls = urls;
		this.defaultLifespan = defaultLifespan;
	}

	void addRoutes(Router router) {
		router.add("POST", "/recovery/link", (request, none) -> create(request));
	}

	private AdminResponse create(AdminRequest request) {
		checkBody(request);
		String identityId;
		String expiresIn;
		try {
			BodyDecoder body = BodyDecoder.decode("link.CreateRecoveryLink", request.body());
			identityId = parseId(body.string("identity_id"));
			expiresIn = body.string("expires_in");
		}
		catch (MalformedBodyException ex) {
			throw KratosError.badRequest("Unable to decode JSON payload: " + ex.text());
		}
		Duration lifespan = expiresIn.isEmpty() ? this.defaultLifespan : parseLifespan(expiresIn);
		Identity identity = this.identities.get(identityId);
		if (identity.recoveryAddresses().isEmpty()) {
			throw KratosError.badRequest("The identity does not have any recovery addresses set.");
		}
		Flow flow = this.factory.createForRecoveryLink(lifespan);
		this.flows.add(flow);
		ObjectNode link = Json.object();
		link.put("recovery_link",
				this.urls.submit(FlowKind.RECOVERY, flow.id()) + "&token=" + Tokens.sessionOrLinkToken());
		link.put("expires_at", Json.timestamp(flow.expiresAt()));
		return AdminResponse.ok(link);
	}

	private static void checkBody(AdminRequest request) {
		if (request.body().length == 0) {
			throw KratosError
				.badRequest("Unable to decode HTTP Request Body because its HTTP Header \"Content-Length\" is zero.");
		}
		String contentType = (request.contentType() != null) ? request.contentType() : "";
		if (!contentType.split(";")[0].strip().equalsIgnoreCase("application/json")) {
			throw KratosError.badRequest("HTTP POST Request used unknown HTTP Header \"Content-Type: " + contentType
					+ "\", only [application/json] are supported.");
		}
	}

	private static @Nullable String parseId(String text) throws MalformedBodyException {
		String id = Ids.parse(text);
		if (id == null && !text.isEmpty()) {
			throw new MalformedBodyException("uuid: incorrect UUID format " + text);
		}
		return id;
	}

	private static Duration parseLifespan(String expiresIn) {
		Duration lifespan = GoDuration.parse(expiresIn);
		if (lifespan == null) {
			throw KratosError.badRequest("Unable to parse \"expires_in\" whose format should match "
					+ "\"[0-9]+(ns|us|ms|s|m|h)\" but did not: " + expiresIn);
		}
		if (lifespan.isNegative()) {
			throw KratosError.badRequest("Value from \"expires_in\" must be result to a future time: " + expiresIn);
		}
		return lifespan;
	}

}
