package io.github.kratosadmin.test.embedded;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An identity.
 *
 * @param id the id
 * @param schemaId the id of its schema
 * @param traits its traits
 * @param identifiers what it signs in with
 * @param verifiableAddresses its verifiable addresses
 * @param recoveryAddresses its recovery addresses
 * @param createdAt when it was created
 */
record Identity(String id, String schemaId, JsonNode traits, Set<String> identifiers,
		List<VerifiableAddress> verifiableAddresses, List<RecoveryAddress> recoveryAddresses, Instant createdAt) {

	ObjectNode toJson(String schemaUrl) {
		ObjectNode json = Json.object();
		json.put("id", this.id);
		json.put("schema_id", this.schemaId);
		json.put("schema_url", schemaUrl);
		json.set("traits", this.traits);
		if (!this.verifiableAddresses.isEmpty()) {
			ArrayNode addresses = json.putArray("verifiable_addresses");
			this.verifiableAddresses.forEach((address) -> addresses.add(address.toJson()));
		}
		if (!this.recoveryAddresses.isEmpty()) {
			ArrayNode addresses = json.putArray("recovery_addresses");
			this.recoveryAddresses.forEach((address) -> addresses.add(address.toJson()));
		}
		json.put("created_at", Json.timestamp(this.createdAt));
		// 0.6 never changes this one, not even when the identity is updated.
		json.put("updated_at", Json.timestamp(this.createdAt));
		return json;
	}

}
