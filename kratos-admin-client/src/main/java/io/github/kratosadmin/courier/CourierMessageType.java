package io.github.kratosadmin.courier;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The type of a message. Newer versions of Kratos may have more than the constants.
 *
 * @param value the name of the type in Kratos
 */
public record CourierMessageType(@JsonValue String value) {

	/**
	 * An e-mail.
	 */
	public static final CourierMessageType EMAIL = new CourierMessageType("email");

	/**
	 * An SMS. The documentation of Kratos calls it {@code phone}, but Kratos sends
	 * {@code sms}.
	 */
	public static final CourierMessageType SMS = new CourierMessageType("sms");

	/**
	 * Creates a type by its name, with or without a constant.
	 * @param value the name of the type in Kratos
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public CourierMessageType {
	}

	@Override
	public String toString() {
		return this.value;
	}

}
