package io.github.kratosadmin.test.embedded;

import java.time.Clock;

/**
 * Answers the requests for self-service flows.
 */
final class FlowHandler {

	private final FlowStore flows;

	private final IdentityStore identities;

	private final Urls urls;

	private final Clock clock;

	FlowHandler(FlowStore flows, IdentityStore identities, Urls urls, Clock clock) {
		this.flows = flows;
		this.identities = identities;
		this.urls = urls;
		this.clock = clock;
	}

	void addRoutes(Router router) {
		for (FlowKind kind : FlowKind.values()) {
			router.add("GET", kind.path() + "/flows", (request, none) -> get(kind, request.query("id")));
		}
	}

	private AdminResponse get(FlowKind kind, String id) {
		Flow flow = this.flows.find(kind, Ids.parse(id));
		if (flow == null) {
			return unknown(kind);
		}
		if (flow.expiresAt().isBefore(this.clock.instant())) {
			throw expired(flow);
		}
		return AdminResponse.ok(flow.toJson((identityId) -> {
			Identity identity = this.identities.get(identityId);
			return identity.toJson(this.urls.schema(identity.schemaId()));
		}));
	}

	private static AdminResponse unknown(FlowKind kind) {
		if (kind == FlowKind.VERIFICATION) {
			return AdminResponse.ok(Json.nothing());
		}
		throw KratosError.noSuchRow();
	}

	private KratosError expired(Flow flow) {
		String kind = flow.kind().value();
		boolean browser = (flow.type() == FlowType.BROWSER);
		String advice = browser ? "Redirect the user to the " + kind + " flow init endpoint"
				: "Call the " + kind + " flow init API endpoint";
		return new KratosError(410,
				"The requested resource is no longer available because it has expired or is otherwise invalid.")
			.withReason("The " + kind + " flow has expired. " + advice + " to initialize a new " + kind + " flow.")
			.withDetail(browser ? "redirect_to" : "api", this.urls.init(flow.kind(), flow.type()));
	}

}
