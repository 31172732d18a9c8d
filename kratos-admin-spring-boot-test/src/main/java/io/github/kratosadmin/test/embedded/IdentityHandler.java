package io.github.kratosadmin.test.embedded;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.node.ArrayNode;

/**
 * Answers the requests for identities.
 */
final class IdentityHandler {

	private final KratosEra era;

	private final IdentityManager manager;

	private final IdentityStore identities;

	private final FlowStore flows;

	private final SessionStore sessions;

	private final Urls urls;

	private final IdentityJson json;

	private final Paging paging;

	IdentityHandler(KratosEra era, IdentityManager manager, IdentityStore identities, FlowStore flows,
			SessionStore sessions, Urls urls) {
		this.era = era;
		this.manager = manager;
		this.identities = identities;
		this.flows = flows;
		this.sessions = sessions;
		this.urls = urls;
		this.json = new IdentityJson(era, urls);
		this.paging = era.paging(urls);
	}

	void addRoutes(Router router) {
		router.add("GET", "/identities", (request, none) -> list(request.query()))
			.add("POST", "/identities", (request, none) -> create(request))
			.add("GET", "/identities/:id", (request, id) -> get(request.query(), id))
			.add("PUT", "/identities/:id", this::update)
			.add("DELETE", "/identities/:id", (request, id) -> delete(id));
	}

	private AdminResponse list(Query query) {
		IdentityFilter filter = IdentityFilter.of(this.era, query);
		List<Identity> all = this.identities.list();
		List<Identity> matching = filter.apply(all);
		IdentityPage page = this.paging.page(query, matching, filter.total(matching, all));
		ArrayNode array = Json.array();
		page.identities()
			.forEach((identity) -> array
				.add(this.json.listed(identity, filter.showsCredentials(), filter.declassifies())));
		AdminResponse response = AdminResponse.ok(array);
		for (Map.Entry<String, String> header : page.headers().entrySet()) {
			response = response.withHeader(header.getKey(), header.getValue());
		}
		return response;
	}

	private AdminResponse get(Query query, String id) {
		Identity identity = this.identities.get(Ids.parse(id));
		boolean declassify = CredentialTypes.includesPassword(this.era, query, this.era.namesUnknownCredentials());
		return AdminResponse.ok(this.json.read(identity, declassify));
	}

	private AdminResponse create(AdminRequest request) {
		IdentityInput input;
		try {
			input = IdentityBody
				.read(BodyDecoder.decode("CreateIdentity", request.body()).onlyFields(this.era.fieldsOfCreate()));
		}
		catch (MalformedBodyException ex) {
			throw new KratosError(400, this.era.codeOfMalformedCreate(), ex.text());
		}
		if (!input.state().isEmpty() && !Identity.State.isKnown(input.state())) {
			throw unknownState();
		}
		Identity identity = this.manager.create(input, "pending");
		return AdminResponse.json(201, this.json.created(identity))
			.withHeader("Location", this.urls.identity(identity.id()));
	}

	private AdminResponse update(AdminRequest request, String id) {
		IdentityInput input = readUpdate(request);
		Identity existing = this.identities.get(Ids.parse(id));
		KratosError unknownState = (!input.state().isEmpty() && !input.state().equals(existing.state().value())
				&& !Identity.State.isKnown(input.state())) ? unknownState() : null;
		if (unknownState != null && !this.era.updatesToUnknownStates()) {
			throw unknownState;
		}
		Identity updated = this.manager.update(existing.id(), input);
		AdminResponse answer = AdminResponse.ok(this.json.updated(updated, existing));
		return (unknownState != null) ? join(unknownState.toResponse(request.requestId()), answer) : answer;
	}

	private IdentityInput readUpdate(AdminRequest request) {
		if (this.era.ignoresUnknownFieldsOfUpdate()) {
			return JsonBody.read("UpdateIdentity", request,
					(body) -> IdentityBody.read(body.keepFields(this.era.fieldsOfUpdate())));
		}
		try {
			return IdentityBody
				.read(BodyDecoder.decode("UpdateIdentity", request.body()).onlyFields(this.era.fieldsOfUpdate()));
		}
		catch (MalformedBodyException ex) {
			// Unlike for a new identity, the status is that of the code.
			throw new KratosError(500, ex.text());
		}
	}

	private static KratosError unknownState() {
		return KratosError.badRequest("identity state is not valid");
	}

	/**
	 * An answer that was followed by another one.
	 */
	private static AdminResponse join(AdminResponse first, AdminResponse second) {
		String body = new String(first.body(), StandardCharsets.UTF_8)
				+ new String(second.body(), StandardCharsets.UTF_8);
		return new AdminResponse(first.status(), first.headers(), body.getBytes(StandardCharsets.UTF_8));
	}

	private AdminResponse delete(String id) {
		Identity identity = this.identities.get(Ids.parse(id));
		this.identities.remove(identity.id());
		this.flows.removeSettingsOf(identity.id());
		this.sessions.removeOf(identity.id());
		return AdminResponse.noContent();
	}

}
