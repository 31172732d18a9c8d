package io.github.kratosadmin.test.embedded;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers the requests for recovery links.
 */
final class RecoveryLinkHandler {

	private final KratosEra era;

	private final IdentityStore identities;

	private final FlowFactory factory;

	private final FlowStore flows;

	private final Urls urls;

	private final Duration defaultLifespan;

	RecoveryLinkHandler(KratosEra era, IdentityStore identities, FlowFactory factory, FlowStore flows, Urls urls,
			Duration defaultLifespan) {
		this.era = era;
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
		LinkRequest link = JsonBody.read("link.CreateRecoveryLink", request,
				(body) -> new LinkRequest(parseId(body.string("identity_id")), body.string("expires_in")));
		Duration lifespan = link.expiresIn.isEmpty() ? this.defaultLifespan : parseLifespan(link.expiresIn);
		Identity identity = identity(link.identityId);
		if (this.era.recoversOnlyAddresses() && identity.recoveryAddresses().isEmpty()) {
			throw KratosError.badRequest("The identity does not have any recovery addresses set.");
		}
		Flow flow = this.factory.createForRecoveryLink(this.urls.admin() + request.target(), lifespan);
		this.flows.add(flow);
		ObjectNode json = Json.object();
		json.put("recovery_link",
				this.urls.submit(FlowKind.RECOVERY, flow.id()) + "&token=" + Tokens.sessionOrLinkToken());
		json.put("expires_at", Json.timestamp(flow.expiresAt()));
		return AdminResponse.ok(json);
	}

	private Identity identity(@Nullable String id) {
		try {
			return this.identities.get(id);
		}
		catch (KratosError ex) {
			throw this.era.recoversNobodyWith404() ? ex
					: KratosError.badRequest("The requested identity id does not exist.");
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
		if (lifespan.isNegative() || lifespan.isZero()) {
			throw KratosError.badRequest("Value from \"expires_in\" must be result to a future time: " + expiresIn);
		}
		return lifespan;
	}

	private record LinkRequest(@Nullable String identityId, String expiresIn) {

	}

}
