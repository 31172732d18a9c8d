package io.github.kratosadmin.test.embedded;

import java.util.Set;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers the requests for identities.
 */
final class IdentityHandler {

	private static final Set<String> FIELDS = Set.of("schema_id", "traits");

	private final IdentityManager manager;

	private final IdentityStore identities;

	private final FlowStore flows;

	private final SessionStore sessions;

	private final Urls urls;

	IdentityHandler(IdentityManager manager, IdentityStore identities, FlowStore flows, SessionStore sessions,
			Urls urls) {
		this.manager = manager;
		this.identities = identities;
		this.flows = flows;
		this.sessions = sessions;
		this.urls = urls;
	}

	void addRoutes(Router router) {
		router.add("GET", "/identities", (request, none) -> list(request))
			.add("POST", "/identities", (request, none) -> create(request))
			.add("GET", "/identities/:id",
					(request, id) -> AdminResponse.ok(toJson(this.identities.get(Ids.parse(id)))))
			.add("PUT", "/identities/:id", this::update)
			.add("DELETE", "/identities/:id", (request, id) -> delete(id));
	}

	private AdminResponse list(AdminRequest request) {
		Pagination pagination = Pagination.of(request);
		ArrayNode page = Json.array();
		this.identities.list(pagination.offset(), pagination.perPage())
			.forEach((identity) -> page.add(toJson(identity)));
		return AdminResponse.ok(page)
			.withHeader("Link", pagination.link(this.urls.admin() + "/identities", this.identities.count()));
	}

	private AdminResponse create(AdminRequest request) {
		BodyDecoder body;
		String schemaId;
		try {
			body = BodyDecoder.decode("CreateIdentity", request.body()).onlyFields(FIELDS);
			schemaId = body.string("schema_id");
		}
		catch (MalformedBodyException ex) {
			throw new KratosError(400, 500, ex.text());
		}
		Identity identity = this.manager.create(schemaId, body.raw("traits"), "pending");
		return AdminResponse.json(201, toJson(identity)).withHeader("Location", this.urls.identity(identity.id()));
	}

	private AdminResponse update(AdminRequest request, String id) {
		BodyDecoder body;
		String schemaId;
		try {
			body = BodyDecoder.decode("UpdateIdentity", request.body()).onlyFields(FIELDS);
			schemaId = body.string("schema_id");
		}
		catch (MalformedBodyException ex) {
			// Unlike for a new identity, the status is that of the code.
			throw new KratosError(500, ex.text());
		}
		Identity existing = this.identities.get(Ids.parse(id));
		Identity updated = this.manager.update(existing.id(), schemaId, body.raw("traits"));
		// The URL is the one from before the update; the next read has the new one.
		return AdminResponse.ok(updated.toJson(this.urls.schema(existing.schemaId())));
	}

	private AdminResponse delete(String id) {
		Identity identity = this.identities.get(Ids.parse(id));
		this.identities.remove(identity.id());
		this.flows.removeSettingsOf(identity.id());
		this.sessions.removeOf(identity.id());
		return AdminResponse.noContent();
	}

	private ObjectNode toJson(Identity identity) {
		return identity.toJson(this.urls.schema(identity.schemaId()));
	}

}
