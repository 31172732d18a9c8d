package io.github.kratosadmin.test.embedded;

import java.time.Instant;

import tools.jackson.databind.node.ObjectNode;

/**
 * An address that an identity can be recovered with.
 *
 * @param id the id
 * @param value the email address
 * @param createdAt when it was first stored
 * @param updatedAt when it was last stored
 */
record RecoveryAddress(String id, String value, Instant createdAt, Instant updatedAt) {

	RecoveryAddress updatedAt(Instant now) {
		return new RecoveryAddress(this.id, this.value, this.createdAt, now);
	}

	ObjectNode toJson() {
		ObjectNode json = Json.object();
		json.put("id", this.id);
		json.put("value", this.value);
		json.put("via", "email");
		json.put("created_at", Json.timestamp(this.createdAt));
		json.put("updated_at", Json.timestamp(this.updatedAt));
		return json;
	}

}
