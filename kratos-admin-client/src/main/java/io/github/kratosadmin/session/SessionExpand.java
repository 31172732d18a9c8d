package io.github.kratosadmin.session;

import io.github.kratosadmin.internal.json.KratosJson;

/**
 * What a session is read with. A newer Kratos may have more than the constants.
 *
 * @param value the name as Kratos spells it
 */
public record SessionExpand(String value) {

	/**
	 * The identity that signed in.
	 */
	public static final SessionExpand IDENTITY = new SessionExpand("identity");

	/**
	 * The devices that the session was used on.
	 */
	public static final SessionExpand DEVICES = new SessionExpand("devices");

	/**
	 * What to read by its name.
	 * @param value the name as Kratos spells it
	 */
	public SessionExpand {
		value = KratosJson.required(value, "what to expand");
	}

	@Override
	public String toString() {
		return this.value;
	}

}
