package io.github.kratosadmin.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The state of an identity, which determines whether it may sign in. Newer versions of
 * Kratos may have more than the constants.
 *
 * @param value the name of the state in Kratos
 */
public record IdentityState(@JsonValue String value) {

	/**
	 * The identity may sign in.
	 */
	public static final IdentityState ACTIVE = new IdentityState("active");

	/**
	 * The identity may not sign in.
	 */
	public static final IdentityState INACTIVE = new IdentityState("inactive");

	/**
	 * Creates a state by its name, with or without a constant.
	 * @param value the name of the state in Kratos
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public IdentityState {
	}

	@Override
	public String toString() {
		return this.value;
	}

}
