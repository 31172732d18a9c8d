package io.github.kratosadmin.selfservice;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Who a flow is for. A newer Kratos may have types that are not among the constants.
 *
 * @param value the type as Kratos spells it
 */
public record FlowType(@JsonValue String value) {

	/**
	 * A flow of a browser.
	 */
	public static final FlowType BROWSER = new FlowType("browser");

	/**
	 * A flow of an API client, such as a mobile application.
	 */
	public static final FlowType API = new FlowType("api");

	/**
	 * A type by its name.
	 * @param value the type as Kratos spells it
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public FlowType {
	}

	@Override
	public String toString() {
		return this.value;
	}

}
