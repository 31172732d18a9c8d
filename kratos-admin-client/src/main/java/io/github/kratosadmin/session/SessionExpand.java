package io.github.kratosadmin.session;

import io.github.kratosadmin.internal.json.KratosJson;

/**
 * An optional part of a session. Newer versions of Kratos may have more than the
 * constants.
 *
 * @param value the name of the part in Kratos
 */
public record SessionExpand(String value) {

	/**
	 * The identity of the session.
	 */
	public static final SessionExpand IDENTITY = new SessionExpand("identity");

	/**
	 * The devices that the session was used on.
	 */
	public static final SessionExpand DEVICES = new SessionExpand("devices");

	/**
	 * Creates a value by its name, with or without a constant.
	 * @param value the name of the part in Kratos
	 */
	public SessionExpand {
		value = KratosJson.required(value, "the part to expand");
	}

	@Override
	public String toString() {
		return this.value;
	}

}
