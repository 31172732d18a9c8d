package io.github.kratosadmin.courier;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.kratosadmin.internal.json.KratosJson;

/**
 * The status of a message. Newer versions of Kratos may have more than the constants.
 *
 * @param value the name of the status in Kratos
 */
public record CourierMessageStatus(@JsonValue String value) {

	/**
	 * The message waits to be sent.
	 */
	public static final CourierMessageStatus QUEUED = new CourierMessageStatus("queued");

	/**
	 * The message was passed to the mail server or the SMS gateway.
	 */
	public static final CourierMessageStatus SENT = new CourierMessageStatus("sent");

	/**
	 * The message is being sent.
	 */
	public static final CourierMessageStatus PROCESSING = new CourierMessageStatus("processing");

	/**
	 * Sending failed too often. Kratos does not retry.
	 */
	public static final CourierMessageStatus ABANDONED = new CourierMessageStatus("abandoned");

	/**
	 * Creates a status by its name, with or without a constant.
	 * @param value the name of the status in Kratos
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public CourierMessageStatus {
		value = KratosJson.required(value, "the status of messages");
	}

	@Override
	public String toString() {
		return this.value;
	}

}
