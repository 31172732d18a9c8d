package io.github.kratosadmin.test.embedded.internal.schema;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.AdminResponse;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.Query;
import io.github.kratosadmin.test.embedded.internal.http.Router;
import io.github.kratosadmin.test.embedded.internal.http.Urls;
import io.github.kratosadmin.test.embedded.internal.paging.NumberedPaging;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/**
 * Handles the requests for identity schemas.
 */
public final class SchemaHandler {

	private final KratosEra era;

	private final SchemaStore schemas;

	private final Urls urls;

	public SchemaHandler(KratosEra era, SchemaStore schemas, Urls urls) {
		this.era = era;
		this.schemas = schemas;
		this.urls = urls;
	}

	public void addRoutes(Router router) {
		router.add("GET", "/schemas/:id", (request, id) -> get(id));
		if (SchemaRules.listsSchemas(this.era)) {
			router.add("GET", "/schemas", (request, none) -> list(request.query()));
		}
	}

	private AdminResponse list(Query query) {
		NumberedPaging paging = new NumberedPaging(this.era, query);
		List<IdentitySchema> all = this.schemas.list();
		List<IdentitySchema> page = paging.countingFromZeroWithExcess(all);
		ArrayNode array = Json.array();
		page.forEach((schema) -> array.addObject().put("id", schema.id()).set("schema", schema.node()));
		boolean nothing = page.isEmpty() && SchemaRules.writesNullForNoSchemas(this.era);
		return paging.withHeaders(AdminResponse.ok(nothing ? Json.nothing() : array), all.size(), "/schemas",
				this.urls.publicBase() + "/schemas");
	}

	private AdminResponse get(String id) {
		String decodedId = SchemaRules.findsSchemasByEncodedIds(this.era) ? decode(id) : null;
		IdentitySchema schema = find(id);
		if (schema == null && decodedId != null) {
			schema = find(decodedId);
		}
		if (schema == null) {
			throw unknown(id, decodedId);
		}
		return SchemaRules.reformatsSchemas(this.era) ? AdminResponse.ok(schema.node())
				: AdminResponse.of(200, "application/json", schema.json());
	}

	private @Nullable IdentitySchema find(String id) {
		try {
			return this.schemas.get(id);
		}
		catch (ErrorResponseException ex) {
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

	private ErrorResponseException unknown(String id, @Nullable String decodedId) {
		ErrorResponseException error = new ErrorResponseException(404, "The requested resource could not be found");
		if (!SchemaRules.findsSchemasByEncodedIds(this.era)) {
			ErrorResponseException cause = SchemaStore.unknown(id);
			return error.withDebug(
					"rid=\nerror=" + cause.getMessage() + "\nreason=" + cause.describe() + "\ndetails=map[]\ndebug=");
		}
		String named = (decodedId != null && SchemaRules.decodesIdsOfUnknownSchemas(this.era)) ? decodedId : id;
		return error.withReason("Identity schema `" + named + "` could not be found.");
	}

}
