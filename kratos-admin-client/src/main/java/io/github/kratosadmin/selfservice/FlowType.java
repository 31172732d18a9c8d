package io.github.kratosadmin.selfservice;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The type of the client that a flow is for. Newer versions of Kratos may have more than
 * the constants.
 *
 * @param value the name of the type in Kratos
 */
public record FlowType(@JsonValue String value) {

	/**
	 * A browser.
	 */
	public static final FlowType BROWSER = new FlowType("browser");

	/**
	 * An API client, such as a mobile application.
	 */
	public static final FlowType API = new FlowType("api");

	/**
	 * Creates a type by its name, with or without a constant.
	 * @param value the name of the type in Kratos
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public FlowType {
	}

	@Override
	public String toString() {
		return this.value;
	}

}
