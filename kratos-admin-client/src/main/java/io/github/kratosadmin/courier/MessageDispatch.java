package io.github.kratosadmin.courier;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * An attempt to send a message.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param id the id, a UUID
 * @param messageId the id of the message
 * @param status {@code success} or {@code failed}
 * @param error the reason of a failure as Kratos describes it; may contain the recipient
 * @param createdAt the time of the attempt
 * @param updatedAt the time of the last change
 * @param additionalProperties the fields that this version of the client does not know,
 * by name; not shown by {@link #toString()}
 */
public record MessageDispatch(@JsonProperty("id") @Nullable String id,
		@JsonProperty("message_id") @Nullable String messageId, @JsonProperty("status") @Nullable String status,
		@JsonProperty("error") @Nullable JsonNode error, @JsonProperty("created_at") @Nullable Instant createdAt,
		@JsonProperty("updated_at") @Nullable Instant updatedAt,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	/**
	 * Reads a response of Kratos.
	 */
	public MessageDispatch {
		error = KratosJson.orNull(error);
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	/**
	 * Does not show personal data.
	 */
	@Override
	public String toString() {
		return "MessageDispatch[id=" + this.id + ", status=" + this.status + ", createdAt=" + this.createdAt + "]";
	}

}
