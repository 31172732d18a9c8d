package io.github.kratosadmin.test.embedded.internal.identity;

import java.util.List;
import java.util.Set;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.BodyDecoder;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.MalformedBodyException;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Reads the bodies of requests that create or update an identity.
 */
final class IdentityBody {

	private static final Set<String> VERIFIABLE_ADDRESS = Set.of("id", "value", "verified", "via", "status",
			"verified_at", "created_at", "updated_at");

	private static final Set<String> RECOVERY_ADDRESS = Set.of("id", "value", "via", "created_at", "updated_at");

	private static final List<String> TIMES = List.of("verified_at", "created_at", "updated_at");

	private IdentityBody() {
	}

	/**
	 * Reads a body.
	 * @param body the body
	 * @param era the era
	 * @throws MalformedBodyException if a field has the wrong type
	 * @throws ErrorResponseException if the hash of a password has an unknown format
	 */
	static IdentityInput read(BodyDecoder body, KratosEra era) throws MalformedBodyException {
		String externalId = body.string("external_id");
		StoredIdentity.Details details = new StoredIdentity.Details(body.raw("metadata_public"),
				body.raw("metadata_admin"), externalId.isEmpty() ? null : externalId, body.uuid("organization_id"));
		String schemaId = body.string("schema_id");
		String state = body.string("state", "identity.State");
		String region = IdentityRules.hasRegions(era) ? body.string("region", "region.Region") : "";
		return new IdentityInput(schemaId, body.raw("traits"), state, details, verifiableAddresses(body),
				recoveryAddresses(body), CredentialsInput.read(body, era), region);
	}

	static JsonNode verifiableAddresses(BodyDecoder body) throws MalformedBodyException {
		return addresses(body, "verifiable_addresses", "VerifiableAddress", VERIFIABLE_ADDRESS);
	}

	static JsonNode recoveryAddresses(BodyDecoder body) throws MalformedBodyException {
		return addresses(body, "recovery_addresses", "RecoveryAddress", RECOVERY_ADDRESS);
	}

	private static JsonNode addresses(BodyDecoder body, String field, String struct, Set<String> fields)
			throws MalformedBodyException {
		ArrayNode addresses = Json.array();
		for (BodyDecoder address : body.objects(field, struct, fields)) {
			address.uuid("id");
			address.string("value");
			address.string("via");
			address.string("status");
			address.bool("verified");
			for (String time : TIMES) {
				address.checkTime(time);
			}
			addresses.add(address.node());
		}
		return addresses;
	}

}
