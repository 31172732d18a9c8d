package io.github.kratosadmin.courier;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * A message to an identity. Its body and its subject may have codes and links that sign
 * the identity in: {@link #toString()} shows neither, nor the recipient.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param id the id, a UUID
 * @param status how far it is
 * @param type how it is sent
 * @param recipient the e-mail address or phone number
 * @param body the text, which Kratos shows in development mode only:
 * {@code <redacted-unless-dev-mode>} otherwise
 * @param subject the subject, of which Kratos hides nothing
 * @param templateType what the message is for, such as {@code recovery_code_valid}
 * @param channel the configured channel it is sent through; since Kratos 1.1
 * @param sendCount how often sending it has been tried
 * @param dispatches the attempts to send it, the newest first; only where a single
 * message is read
 * @param createdAt when it was created
 * @param updatedAt when it was changed last
 * @param additionalProperties what this version of the client does not know, by name;
 * kept out of {@link #toString()}
 */
public record CourierMessage(@JsonProperty("id") String id,
		@JsonProperty("status") @Nullable CourierMessageStatus status,
		@JsonProperty("type") @Nullable CourierMessageType type, @JsonProperty("recipient") @Nullable String recipient,
		@JsonProperty(value = "body", access = WRITE_ONLY) @Nullable String body,
		@JsonProperty(value = "subject", access = WRITE_ONLY) @Nullable String subject,
		@JsonProperty("template_type") @Nullable String templateType, @JsonProperty("channel") @Nullable String channel,
		@JsonProperty("send_count") int sendCount, @JsonProperty("dispatches") List<MessageDispatch> dispatches,
		@JsonProperty("created_at") @Nullable Instant createdAt,
		@JsonProperty("updated_at") @Nullable Instant updatedAt,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	/**
	 * Reads what Kratos sent: absent dispatches are an empty list.
	 */
	public CourierMessage {
		id = KratosJson.required(id, "id");
		dispatches = KratosJson.listOf(dispatches);
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	/**
	 * Shows neither secrets nor personal data.
	 */
	@Override
	public String toString() {
		return "CourierMessage[id=" + this.id + ", status=" + this.status + ", type=" + this.type + ", templateType="
				+ this.templateType + ", sendCount=" + this.sendCount + ", createdAt=" + this.createdAt + "]";
	}

}
