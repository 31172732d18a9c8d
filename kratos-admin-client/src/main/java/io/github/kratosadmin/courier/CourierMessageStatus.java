package io.github.kratosadmin.courier;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.kratosadmin.internal.json.KratosJson;

/**
 * How far a message is. A newer Kratos may have more than the constants.
 *
 * @param value the status as Kratos spells it
 */
public record CourierMessageStatus(@JsonValue String value) {

	/**
	 * Waits to be sent.
	 */
	public static final CourierMessageStatus QUEUED = new CourierMessageStatus("queued");

	/**
	 * Was handed over to the mail server or the SMS gateway.
	 */
	public static final CourierMessageStatus SENT = new CourierMessageStatus("sent");

	/**
	 * Is being sent.
	 */
	public static final CourierMessageStatus PROCESSING = new CourierMessageStatus("processing");

	/**
	 * Failed too often, and is not tried again.
	 */
	public static final CourierMessageStatus ABANDONED = new CourierMessageStatus("abandoned");

	/**
	 * A status by its name.
	 * @param value the status as Kratos spells it
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
