package io.github.kratosadmin.test.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * Answers the requests for identity schemas.
 */
final class SchemaHandler {

	private final KratosEra era;

	private final SchemaStore schemas;

	SchemaHandler(KratosEra era, SchemaStore schemas) {
		this.era = era;
		this.schemas = schemas;
	}

	void addRoutes(Router router) {
		router.add("GET", "/schemas/:id", (request, id) -> get(id));
	}

	private AdminResponse get(String id) {
		String decodedId = this.era.findsSchemasByEncodedIds() ? decode(id) : null;
		IdentitySchema schema = find(id);
		if (schema == null && decodedId != null) {
			schema = find(decodedId);
		}
		if (schema == null) {
			throw unknown(id, decodedId);
		}
		return this.era.writesSchemasAnew() ? AdminResponse.ok(schema.node())
				: AdminResponse.of(200, "application/json", schema.json());
	}

	private @Nullable IdentitySchema find(String id) {
		try {
			return this.schemas.get(id);
		}
		catch (KratosError ex) {
			return null;
		}
	}

	private static @Nullable String decode(String id) {
		try {
			return new String(Base64.getUrlDecoder().decode(id), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private KratosError unknown(String id, @Nullable String decodedId) {
		KratosError error = new KratosError(404, "The requested resource could not be found");
		if (!this.era.findsSchemasByEncodedIds()) {
			KratosError cause = SchemaStore.unknown(id);
			return error.withDebug(
					"rid=\nerror=" + cause.getMessage() + "\nreason=" + cause.describe() + "\ndetails=map[]\ndebug=");
		}
		String named = (decodedId != null && this.era.decodesIdsOfUnknownSchemas()) ? decodedId : id;
		return error.withReason("Identity schema `" + named + "` could not be found.");
	}

}
