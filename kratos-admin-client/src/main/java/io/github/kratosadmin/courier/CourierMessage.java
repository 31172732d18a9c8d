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
 * A message to an identity. The body and the subject may contain codes and links that
 * sign the identity in: {@link #toString()} does not show them, nor the recipient.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param id the id, a UUID
 * @param status the status of the message
 * @param type the type of the message
 * @param recipient the e-mail address or phone number
 * @param body the text; {@code <redacted-unless-dev-mode>} unless Kratos runs in
 * development mode
 * @param subject the subject, which Kratos does not redact
 * @param templateType the template of the message, such as {@code recovery_code_valid}
 * @param channel the configured channel that sends the message (since Kratos 1.1)
 * @param sendCount the number of attempts to send the message
 * @param dispatches the attempts to send the message, the newest first; empty in lists
 * @param createdAt the time of its creation
 * @param updatedAt the time of the last change
 * @param additionalProperties the fields that this version of the client does not know,
 * by name; not shown by {@link #toString()}
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
	 * Reads a response of Kratos: absent dispatches are an empty list.
	 */
	public CourierMessage {
		id = KratosJson.required(id, "id");
		dispatches = KratosJson.listOf(dispatches);
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	/**
	 * Does not show secrets or personal data.
	 */
	@Override
	public String toString() {
		return "CourierMessage[id=" + this.id + ", status=" + this.status + ", type=" + this.type + ", templateType="
				+ this.templateType + ", sendCount=" + this.sendCount + ", createdAt=" + this.createdAt + "]";
	}

}
