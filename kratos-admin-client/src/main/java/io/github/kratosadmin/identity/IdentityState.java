package io.github.kratosadmin.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Whether an identity may sign in. A newer Kratos may have states that are not among the
 * constants.
 *
 * @param value the state as Kratos spells it
 */
public record IdentityState(@JsonValue String value) {

	/**
	 * May sign in.
	 */
	public static final IdentityState ACTIVE = new IdentityState("active");

	/**
	 * May not sign in.
	 */
	public static final IdentityState INACTIVE = new IdentityState("inactive");

	/**
	 * A state by its name.
	 * @param value the state as Kratos spells it
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public IdentityState {
	}

	@Override
	public String toString() {
		return this.value;
	}

}
