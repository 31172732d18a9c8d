package io.github.kratosadmin.courier;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An attempt to send a message.
 *
 * @param id the id, a UUID
 * @param messageId the id of the message
 * @param status {@code success} or {@code failed}
 * @param error why it failed, as Kratos describes it: it may quote the recipient
 * @param createdAt when it was made
 * @param updatedAt when it was changed last
 */
public record MessageDispatch(@JsonProperty("id") @Nullable String id,
		@JsonProperty("message_id") @Nullable String messageId, @JsonProperty("status") @Nullable String status,
		@JsonProperty("error") @Nullable JsonNode error, @JsonProperty("created_at") @Nullable Instant createdAt,
		@JsonProperty("updated_at") @Nullable Instant updatedAt) {

	/**
	 * Reads what Kratos sent.
	 */
	public MessageDispatch {
		error = KratosJson.orNull(error);
	}

	/**
	 * Shows no personal data.
	 */
	@Override
	public String toString() {
		return "MessageDispatch[id=" + this.id + ", status=" + this.status + ", createdAt=" + this.createdAt + "]";
	}

}
