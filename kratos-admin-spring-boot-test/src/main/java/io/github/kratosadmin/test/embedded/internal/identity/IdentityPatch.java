package io.github.kratosadmin.test.embedded.internal.identity;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.BodyDecoder;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.MalformedBodyException;
import io.github.kratosadmin.test.embedded.internal.text.GoTime;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Patches identities: writes an identity as JSON, applies the patch, and reads the
 * result. In 1.x a field that the patch removes keeps its value, as the result is merged
 * into the identity.
 */
final class IdentityPatch {

	private final KratosEra era;

	private final IdentityJson json;

	private final Clock clock;

	IdentityPatch(KratosEra era, IdentityJson json, Clock clock) {
		this.era = era;
		this.json = json;
		this.clock = clock;
	}

	/**
	 * Patches an identity.
	 * @throws ErrorResponseException if the patch does not apply, or the state is not
	 * valid
	 */
	PatchedIdentity apply(StoredIdentity identity, byte[] body) {
		try {
			PatchOperations patch = PatchOperations.read(this.era, body);
			ObjectNode document = this.json.document(identity);
			patch.apply(document);
			return read(identity, document);
		}
		catch (MalformedBodyException ex) {
			throw new ErrorResponseException(400, ex.text()).withReason(IdentityRules.hasRegions(this.era)
					? "failed to apply JSON patch" : "An error occured when applying the JSON patch");
		}
	}

	private PatchedIdentity read(StoredIdentity before, ObjectNode document) throws MalformedBodyException {
		boolean anew = IdentityRules.replacesPatchedIdentities(this.era);
		BodyDecoder body = BodyDecoder.of(anew ? "WithCredentialsAndAdminMetadataInJSON" : "WithAdminMetadataInJSON",
				document);
		StoredIdentity blank = anew ? new StoredIdentity(before.id(), "", Json.object(),
				new StoredIdentity.State("", GoTime.ZERO), StoredIdentity.Details.NONE, Credentials.NONE, List.of(),
				List.of(), before.createdAt(), before.updatedAt()) : before;
		if (IdentityRules.checksTypesOfPatchedCredentials(this.era)) {
			body.string("region", "region.Region");
			document.path("credentials").forEachEntry(IdentityPatch::checkType);
		}
		StoredIdentity.State state = state(body, before.state(), blank.state());
		StoredIdentity identity = new StoredIdentity(before.id(), text(body, "schema_id", "string", blank.schemaId()),
				document.has("traits") ? document.path("traits") : blank.traits(), state,
				details(body, document, blank.details()),
				credentials(document.path("credentials"), blank.credentials()), before.verifiableAddresses(),
				before.recoveryAddresses(), Json.instant(document.path("created_at"), before.createdAt()),
				before.updatedAt());
		return new PatchedIdentity(identity, IdentityBody.verifiableAddresses(body),
				IdentityBody.recoveryAddresses(body));
	}

	private static void checkType(String key, JsonNode credential) {
		String type = credential.path("type").asString("");
		if (!type.equals(key)) {
			throw ErrorResponseException
				.badRequest("credentials.%1$s.type must equal \"%1$s\", got \"%2$s\"".formatted(key, type));
		}
	}

	/**
	 * Reads a text. For a missing text Go keeps the value of the struct, which is empty
	 * in a new one.
	 */
	private static String text(BodyDecoder body, String field, String type, String fallback)
			throws MalformedBodyException {
		JsonNode value = body.raw(field);
		return (value == null || value.isNull()) ? fallback : body.string(field, type);
	}

	private StoredIdentity.State state(BodyDecoder body, StoredIdentity.State before, StoredIdentity.State blank)
			throws MalformedBodyException {
		String state = text(body, "state", "identity.State", blank.value());
		if (state.equals(before.value())) {
			JsonNode changedAt = body.raw("state_changed_at");
			return new StoredIdentity.State(state,
					(changedAt != null) ? Json.instant(changedAt, before.changedAt()) : before.changedAt());
		}
		if (!StoredIdentity.State.isKnown(state)) {
			throw new ErrorResponseException(400, "identity state is not valid").withReason(
					"The supplied state ('" + state + "') was not valid. Valid states are ('active', 'inactive').");
		}
		return new StoredIdentity.State(state, this.clock.instant());
	}

	private StoredIdentity.Details details(BodyDecoder body, ObjectNode document, StoredIdentity.Details blank)
			throws MalformedBodyException {
		String externalId = IdentityRules.hasExternalIds(this.era) ? externalId(document.path("external_id")) : "";
		String organizationId = blank.organizationId();
		if (IdentityRules.hasOrganizations(this.era) && document.has("organization_id")) {
			organizationId = body.uuid("organization_id");
		}
		return new StoredIdentity.Details(orElse(document, "metadata_public", blank.metadataPublic()),
				orElse(document, "metadata_admin", blank.metadataAdmin()), externalId.isEmpty() ? null : externalId,
				organizationId);
	}

	private static String externalId(JsonNode node) throws MalformedBodyException {
		if (!node.isMissingNode() && !node.isNull() && !node.isString()) {
			throw new MalformedBodyException(
					"json: cannot unmarshal " + BodyDecoder.kind(node) + " into Go value of type string");
		}
		return node.asString("");
	}

	private static @Nullable JsonNode orElse(ObjectNode document, String field, @Nullable JsonNode fallback) {
		JsonNode value = document.get(field);
		return (value != null) ? value : fallback;
	}

	/**
	 * Reads the credentials. The whole field cannot be patched, but its parts can.
	 */
	private static Credentials credentials(JsonNode document, Credentials blank) {
		Credentials credentials = blank;
		for (Map.Entry<String, JsonNode> entry : document.properties()) {
			JsonNode credential = entry.getValue();
			List<String> identifiers = new ArrayList<>();
			credential.path("identifiers").forEach((identifier) -> identifiers.add(identifier.asString("")));
			credentials = credentials.with(new Credential(entry.getKey(), List.copyOf(identifiers),
					credential.path("config").isObject() ? credential.path("config") : Json.object(),
					Json.instant(credential.path("created_at"), GoTime.ZERO),
					Json.instant(credential.path("updated_at"), GoTime.ZERO)));
		}
		return credentials;
	}

}
