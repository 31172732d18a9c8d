package io.github.kratosadmin.test.embedded.internal.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.AdminRequest;
import io.github.kratosadmin.test.embedded.internal.http.AdminResponse;
import io.github.kratosadmin.test.embedded.internal.http.BodyDecoder;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.MalformedBodyException;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates many identities with one request. Up to 1.0 it creates all or none. Later each
 * identity has its own result. A conflict still fails the whole batch if the identity is
 * the only valid one or the only one with a free external id, and always on MySQL.
 */
final class IdentityBatch {

	private static final Set<String> ENTRY = Set.of("create", "patch_id");

	private final KratosEra era;

	private final IdentityManager manager;

	private final IdentityStore identities;

	private final boolean conflictsFailTheBatch;

	IdentityBatch(KratosEra era, IdentityManager manager, IdentityStore identities, boolean conflictsFailTheBatch) {
		this.era = era;
		this.manager = manager;
		this.identities = identities;
		this.conflictsFailTheBatch = conflictsFailTheBatch;
	}

	/**
	 * Creates the identities of a request.
	 * @return the results in the order of the request
	 * @throws ErrorResponseException if the body is malformed or has too many entries, or
	 * if one cannot be created in an era that creates all or none
	 */
	AdminResponse create(AdminRequest request) {
		List<Entry> entries;
		try {
			entries = read(request);
		}
		catch (MalformedBodyException ex) {
			throw new ErrorResponseException(400, 500, ex.text());
		}
		entries.forEach(this::draft);
		checkPasswords(entries);
		entries.forEach(this::validate);
		store(entries.stream().filter((entry) -> entry.identity != null && entry.error == null).toList());
		ArrayNode results = Json.array();
		entries.forEach((entry) -> results.add(entry.toJson()));
		return AdminResponse.ok(Json.object().set("identities", results));
	}

	private List<Entry> read(AdminRequest request) throws MalformedBodyException {
		BodyDecoder body = BodyDecoder
			.decode("BatchPatchIdentitiesBody", IdentityBodyRules.limitBody(this.era, request))
			.onlyFields(Set.of("identities"));
		List<BodyDecoder> elements = body.objects("identities", "BatchIdentityPatch", ENTRY);
		List<Entry> entries = new ArrayList<>();
		for (BodyDecoder element : elements) {
			String patchId = element.uuid("patch_id");
			BodyDecoder create = element.object("create", IdentityBodyRules.nameOfBody(this.era, "Create"),
					IdentityBodyRules.fieldsOfCreate(this.era));
			entries.add(new Entry(patchId, create));
		}
		if (entries.size() > maxBatch()) {
			throw ErrorResponseException
				.badRequest("The maximum number of identities " + (limitsPlaintextPasswords() ? "per request " : "")
						+ "that can be created or deleted at once is " + maxBatch() + ".");
		}
		for (Entry entry : entries) {
			entry.input = (entry.create != null) ? IdentityBody.read(entry.create, this.era) : null;
		}
		return entries;
	}

	private void draft(Entry entry) {
		if (entry.input != null) {
			IdentityHandler.check(entry.input);
			entry.identity = this.manager.draft(entry.input);
		}
	}

	private void checkPasswords(List<Entry> entries) {
		long passwords = entries.stream()
			.filter((entry) -> entry.input != null && entry.input.credentials().hasPlaintextPassword())
			.count();
		if (limitsPlaintextPasswords() && passwords > 200) {
			throw ErrorResponseException
				.badRequest("The maximum number of identities per request that can be created with a "
						+ "plaintext password is 200.");
		}
	}

	private void validate(Entry entry) {
		if (entry.input == null || entry.identity == null) {
			return;
		}
		try {
			entry.identity = this.manager.validate(entry.identity, entry.input, "pending");
		}
		catch (ErrorResponseException ex) {
			// An error in the request fails this identity only. Errors of the database
			// fail all.
			if (!reportsErrorsOfBatches() || !ex.isOfRequest()) {
				throw ex;
			}
			ErrorResponseException error = ErrorResponseException.badRequest("");
			entry.error = error
				.withReason(explainsErrorsOfBatches() ? ex.describe() : String.valueOf(error.getMessage()));
		}
	}

	private void store(List<Entry> valid) {
		List<StoredIdentity> wanted = valid.stream().map(Entry::requireIdentity).toList();
		try {
			if (this.conflictsFailTheBatch || !reportsErrorsOfBatches()) {
				this.identities.addAll(wanted);
				return;
			}
			Map<String, UniqueViolationException> failed = this.identities.addEach(wanted);
			for (Entry entry : valid) {
				UniqueViolationException conflict = failed.get(entry.requireIdentity().id());
				entry.error = (conflict != null) ? conflict.whenUpdating(this.era) : null;
			}
		}
		catch (UniqueViolationException ex) {
			throw ex.whenUpdating(this.era);
		}
		List<Entry> stored = valid.stream().filter((entry) -> entry.error == null).toList();
		if (rollsBackBatches() && stored.size() < valid.size()) {
			// The response still reports them as created.
			stored.forEach((entry) -> this.identities.remove(entry.requireIdentity().id()));
		}
	}

	private int maxBatch() {
		return this.era.isAtLeast(KratosEra.V26) ? 1000 : 2000;
	}

	private boolean limitsPlaintextPasswords() {
		return this.era.isAtLeast(KratosEra.V26);
	}

	/**
	 * Whether a batch has a result for each identity.
	 */
	private boolean reportsErrorsOfBatches() {
		return this.era.isAtLeast(KratosEra.V1_3);
	}

	/**
	 * Whether a conflict undoes the whole batch.
	 */
	private boolean rollsBackBatches() {
		return this.era == KratosEra.V1_3;
	}

	private boolean explainsErrorsOfBatches() {
		return this.era.isAtLeast(KratosEra.V26);
	}

	private static final class Entry {

		private final @Nullable String patchId;

		private final @Nullable BodyDecoder create;

		private @Nullable IdentityInput input;

		private @Nullable StoredIdentity identity;

		private @Nullable ErrorResponseException error;

		Entry(@Nullable String patchId, @Nullable BodyDecoder create) {
			this.patchId = patchId;
			this.create = create;
		}

		StoredIdentity requireIdentity() {
			if (this.identity == null) {
				throw new IllegalStateException("The entry has no identity");
			}
			return this.identity;
		}

		JsonNode toJson() {
			if (this.identity == null) {
				return Json.nothing();
			}
			ObjectNode json = Json.object();
			json.put("action", (this.error != null) ? "error" : "create");
			if (this.error == null) {
				json.put("identity", this.identity.id());
			}
			if (this.patchId != null) {
				json.put("patch_id", this.patchId);
			}
			if (this.error != null) {
				json.set("error", this.error.toJson(null));
			}
			return json;
		}

	}

}
