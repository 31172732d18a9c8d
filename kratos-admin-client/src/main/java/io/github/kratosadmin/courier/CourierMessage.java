package io.github.kratosadmin.courier;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.json.KratosJson;
import org.jspecify.annotations.Nullable;

/**
 * A message to an identity. Its body and its subject may have codes and links that sign
 * the identity in: {@link #toString()} shows neither, nor the recipient.
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
 */
public record CourierMessage(@JsonProperty("id") String id,
		@JsonProperty("status") @Nullable CourierMessageStatus status,
		@JsonProperty("type") @Nullable CourierMessageType type, @JsonProperty("recipient") @Nullable String recipient,
		@JsonProperty("body") @Nullable String body, @JsonProperty("subject") @Nullable String subject,
		@JsonProperty("template_type") @Nullable String templateType, @JsonProperty("channel") @Nullable String channel,
		@JsonProperty("send_count") int sendCount, @JsonProperty("dispatches") List<MessageDispatch> dispatches,
		@JsonProperty("created_at") @Nullable Instant createdAt,
		@JsonProperty("updated_at") @Nullable Instant updatedAt) {

	/**
	 * Reads what Kratos sent: absent dispatches are an empty list.
	 */
	public CourierMessage {
		id = KratosJson.required(id, "id");
		dispatches = KratosJson.listOf(dispatches);
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
