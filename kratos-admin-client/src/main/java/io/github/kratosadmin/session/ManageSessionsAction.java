package io.github.kratosadmin.session;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.kratosadmin.internal.json.KratosJson;

/**
 * What {@link SessionApi#manageSessions} does with sessions. Newer versions of Kratos may
 * have more than the constants.
 *
 * @param value the name of the action in Kratos
 */
public record ManageSessionsAction(@JsonValue String value) {

	/**
	 * Ends the sessions. They can still be read, but are not active.
	 */
	public static final ManageSessionsAction DISABLE = new ManageSessionsAction("disable");

	/**
	 * Deletes the sessions. They can no longer be read.
	 */
	public static final ManageSessionsAction DELETE = new ManageSessionsAction("delete");

	/**
	 * Creates an action by its name, with or without a constant.
	 * @param value the name of the action in Kratos
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public ManageSessionsAction {
		value = KratosJson.required(value, "the action");
	}

	@Override
	public String toString() {
		return this.value;
	}

}
