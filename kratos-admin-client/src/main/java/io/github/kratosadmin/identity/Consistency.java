package io.github.kratosadmin.identity;

import io.github.kratosadmin.internal.json.KratosJson;

/**
 * How recent a list is. Ory Network may read from a replica. A self-hosted Kratos reads
 * from its database and ignores the level.
 *
 * @param value the level as Kratos spells it
 */
public record Consistency(String value) {

	/**
	 * Includes every change that was answered before.
	 */
	public static final Consistency STRONG = new Consistency("strong");

	/**
	 * May lack the changes of the last seconds.
	 */
	public static final Consistency EVENTUAL = new Consistency("eventual");

	/**
	 * A level by its name.
	 * @param value the level as Kratos spells it
	 */
	public Consistency {
		value = KratosJson.required(value, "the level of consistency");
	}

	@Override
	public String toString() {
		return this.value;
	}

}
