package io.github.kratosadmin.courier;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * How a message is sent. A newer Kratos may have more than the constants.
 *
 * @param value the type as Kratos spells it
 */
public record CourierMessageType(@JsonValue String value) {

	/**
	 * By e-mail.
	 */
	public static final CourierMessageType EMAIL = new CourierMessageType("email");

	/**
	 * By SMS; {@code phone} in Kratos's documentation, but not on the wire.
	 */
	public static final CourierMessageType SMS = new CourierMessageType("sms");

	/**
	 * A type by its name.
	 * @param value the type as Kratos spells it
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public CourierMessageType {
	}

	@Override
	public String toString() {
		return this.value;
	}

}
