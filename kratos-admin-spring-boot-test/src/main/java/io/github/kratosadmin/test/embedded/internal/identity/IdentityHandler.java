package io.github.kratosadmin.test.embedded.internal.identity;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.AdminRequest;
import io.github.kratosadmin.test.embedded.internal.http.AdminResponse;
import io.github.kratosadmin.test.embedded.internal.http.BodyDecoder;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.JsonBody;
import io.github.kratosadmin.test.embedded.internal.http.MalformedBodyException;
import io.github.kratosadmin.test.embedded.internal.http.Query;
import io.github.kratosadmin.test.embedded.internal.http.Router;
import io.github.kratosadmin.test.embedded.internal.http.Urls;
import io.github.kratosadmin.test.embedded.internal.paging.ListPage;
import io.github.kratosadmin.test.embedded.internal.paging.Paging;
import io.github.kratosadmin.test.embedded.internal.text.Ids;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Handles the requests for identities.
 */
public final class IdentityHandler {

	private static final Set<String> REGIONS = Set.of("eu-central", "asia-northeast", "us-east", "us-west", "eu",
			"asia", "us", "global");

	private final KratosEra era;

	private final IdentityManager manager;

	private final IdentityStore identities;

	private final Urls urls;

	private final IdentityJson json;

	private final Paging paging;

	private final IdentityPatch patch;

	private final IdentityBatch batch;

	public IdentityHandler(KratosEra era, IdentityManager manager, IdentityStore identities, Urls urls, Clock clock,
			boolean conflictsFailTheBatch) {
		this.era = era;
		this.manager = manager;
		this.identities = identities;
		this.urls = urls;
		this.json = new IdentityJson(era, urls);
		this.paging = Paging.of(era, urls);
		this.patch = new IdentityPatch(era, this.json, clock);
		this.batch = new IdentityBatch(era, manager, identities, conflictsFailTheBatch);
	}

	public void addRoutes(Router router) {
		router.add("GET", "/identities", (request, none) -> list(request.query()))
			.add("POST", "/identities", (request, none) -> create(request))
			.add("GET", "/identities/:id", (request, id) -> get(request.query(), id))
			.add("PUT", "/identities/:id", this::update)
			.add("DELETE", "/identities/:id", (request, id) -> delete(id));
		if (IdentityRules.patchesIdentities(this.era)) {
			router.add("PATCH", "/identities", (request, none) -> this.batch.create(request))
				.add("PATCH", "/identities/:id", this::patch)
				.add("DELETE", "/identities/:id/credentials/:type", this::deleteCredentials);
		}
		if (IdentityRules.hasExternalIds(this.era)) {
			router.add("GET", "/identities/by/external/:id", this::getByExternalId);
		}
	}

	private AdminResponse list(Query query) {
		IdentityFilter filter = IdentityFilter.of(this.era, query);
		NavigableMap<String, StoredIdentity> matching = filter.apply(this.identities);
		ListPage<StoredIdentity> page = this.paging.page(query, matching,
				() -> filter.countsMatching() ? matching.size() : this.identities.count());
		ArrayNode array = Json.array();
		page.items()
			.forEach((identity) -> array
				.add(this.json.listed(identity, filter.showsCredentials(), filter.declassified())));
		AdminResponse response = AdminResponse.ok(array);
		for (Map.Entry<String, String> header : page.headers().entrySet()) {
			response = response.withHeader(header.getKey(), header.getValue());
		}
		return response;
	}

	private AdminResponse get(Query query, String id) {
		return show(query, this.identities.get(Ids.parse(id)));
	}

	private AdminResponse getByExternalId(AdminRequest request, String externalId) {
		return show(request.query(), this.identities.getByExternalId(externalId));
	}

	private AdminResponse show(Query query, StoredIdentity identity) {
		return AdminResponse.ok(this.json.read(identity,
				CredentialTypes.included(this.era, query, IdentityRules.namesUnknownCredentials(this.era))));
	}

	private AdminResponse create(AdminRequest request) {
		IdentityInput input;
		try {
			input = IdentityBody.read(BodyDecoder
				.decode(IdentityBodyRules.nameOfBody(this.era, "Create"),
						IdentityBodyRules.limitBody(this.era, request))
				.onlyFields(IdentityBodyRules.fieldsOfCreate(this.era)), this.era);
		}
		catch (MalformedBodyException ex) {
			throw new ErrorResponseException(400, IdentityBodyRules.codeOfMalformedCreate(this.era), ex.text());
		}
		check(input);
		StoredIdentity identity = this.manager.create(input, "pending");
		return AdminResponse.json(201, in(input.region(), this.json.created(identity)))
			.withHeader("Location", this.urls.identity(identity.id()));
	}

	private AdminResponse update(AdminRequest request, String id) {
		IdentityInput input = readUpdate(request);
		StoredIdentity existing = this.identities.get(Ids.parse(id));
		ErrorResponseException unknownState = (!input.state().isEmpty()
				&& !input.state().equals(existing.state().value()) && !StoredIdentity.State.isKnown(input.state()))
						? unknownState() : null;
		if (unknownState != null && !IdentityRules.storesUnknownStates(this.era)) {
			throw unknownState;
		}
		checkRegion(input.region());
		StoredIdentity updated = this.manager.update(existing.id(), input);
		AdminResponse response = AdminResponse.ok(in(input.region(), this.json.updated(updated, existing)));
		return (unknownState != null) ? join(unknownState.toResponse(request.requestId()), response) : response;
	}

	private IdentityInput readUpdate(AdminRequest request) {
		try {
			IdentityBodyRules.limitBody(this.era, request);
		}
		catch (MalformedBodyException ex) {
			throw ErrorResponseException.badRequest("Unable to read HTTP POST body: " + ex.text());
		}
		if (IdentityBodyRules.ignoresUnknownFieldsOfUpdate(this.era)) {
			return JsonBody.read(IdentityBodyRules.nameOfBody(this.era, "Update"), request,
					(body) -> IdentityBody.read(body.keepFields(IdentityBodyRules.fieldsOfUpdate(this.era)), this.era));
		}
		try {
			return IdentityBody
				.read(BodyDecoder.decode(IdentityBodyRules.nameOfBody(this.era, "Update"), request.body())
					.onlyFields(IdentityBodyRules.fieldsOfUpdate(this.era)), this.era);
		}
		catch (MalformedBodyException ex) {
			// Unlike for a new identity, the status equals the code.
			throw new ErrorResponseException(500, ex.text());
		}
	}

	private AdminResponse patch(AdminRequest request, String id) {
		byte[] body;
		try {
			body = IdentityBodyRules.limitBody(this.era, request);
		}
		catch (MalformedBodyException ex) {
			throw new ErrorResponseException(500, ex.text());
		}
		StoredIdentity existing = this.identities.get(Ids.parse(id));
		RegionPatch region = IdentityRules.hasRegions(this.era) ? RegionPatch.read(body) : new RegionPatch("", body);
		StoredIdentity patched = this.manager.patch(existing.id(),
				(identity) -> this.patch.apply(identity, region.others()));
		return AdminResponse.ok(in(region.region(), this.json.updated(patched, existing)));
	}

	private static ObjectNode in(String region, ObjectNode json) {
		return region.isEmpty() ? json : json.put("region", region);
	}

	private AdminResponse deleteCredentials(AdminRequest request, String id) {
		CredentialDeletion deletion = new CredentialDeletion(this.era, request.parameters().get(1),
				request.query().first("identifier"));
		deletion.check();
		StoredIdentity identity = this.identities.get(Ids.parse(id));
		this.manager.changeCredentials(identity.id(), deletion::apply);
		return AdminResponse.noContent();
	}

	/**
	 * Checks the state and the region of a new identity.
	 * @throws ErrorResponseException if one of them is unknown
	 */
	static void check(IdentityInput input) {
		if (!input.state().isEmpty() && !StoredIdentity.State.isKnown(input.state())) {
			throw unknownState();
		}
		checkRegion(input.region());
	}

	/**
	 * Checks a region.
	 * @param region the region, empty if there is none
	 * @throws ErrorResponseException if it is unknown
	 */
	static void checkRegion(String region) {
		if (!region.isEmpty() && !REGIONS.contains(region)) {
			throw unknownRegion();
		}
	}

	static ErrorResponseException unknownRegion() {
		return ErrorResponseException.badRequest("the provided region is not a valid Ory region");
	}

	private static ErrorResponseException unknownState() {
		return ErrorResponseException.badRequest("identity state is not valid");
	}

	/**
	 * Joins two responses into one.
	 */
	private static AdminResponse join(AdminResponse first, AdminResponse second) {
		String body = new String(first.body(), StandardCharsets.UTF_8)
				+ new String(second.body(), StandardCharsets.UTF_8);
		return new AdminResponse(first.status(), first.headers(), body.getBytes(StandardCharsets.UTF_8));
	}

	private AdminResponse delete(String id) {
		this.manager.delete(Ids.parse(id));
		return AdminResponse.noContent();
	}

}
