package io.github.kratosadmin.identity;

import io.github.kratosadmin.internal.json.KratosJson;

/**
 * The consistency level of a list, which determines how recent the list is. Ory Network
 * may read from a replica. A self-hosted Kratos reads from its database and ignores the
 * level.
 *
 * @param value the name of the level in Kratos
 */
public record Consistency(String value) {

	/**
	 * The list includes every change that Kratos has responded to before.
	 */
	public static final Consistency STRONG = new Consistency("strong");

	/**
	 * The list may lack changes of the last seconds.
	 */
	public static final Consistency EVENTUAL = new Consistency("eventual");

	/**
	 * Creates a level by its name, with or without a constant.
	 * @param value the name of the level in Kratos
	 */
	public Consistency {
		value = KratosJson.required(value, "the level of consistency");
	}

	@Override
	public String toString() {
		return this.value;
	}

}
