package io.github.kratosadmin.test.embedded;

import java.time.Instant;

import tools.jackson.databind.node.ObjectNode;

/**
 * An address of an identity that can be verified. Nothing here ever verifies one.
 *
 * @param id the id
 * @param value the email address
 * @param status {@code pending}, or {@code sent} once Kratos has sent a message
 * @param createdAt when it was first stored
 * @param updatedAt when it was last stored
 */
record VerifiableAddress(String id, String value, String status, Instant createdAt, Instant updatedAt) {

	VerifiableAddress updatedAt(Instant now) {
		return new VerifiableAddress(this.id, this.value, this.status, this.createdAt, now);
	}

	ObjectNode toJson() {
		ObjectNode json = Json.object();
		json.put("id", this.id);
		json.put("value", this.value);
		json.put("verified", false);
		json.put("via", "email");
		json.put("status", this.status);
		json.putNull("verified_at");
		json.put("created_at", Json.timestamp(this.createdAt));
		json.put("updated_at", Json.timestamp(this.updatedAt));
		return json;
	}

}
