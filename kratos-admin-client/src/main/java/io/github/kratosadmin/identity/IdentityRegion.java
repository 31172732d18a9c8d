package io.github.kratosadmin.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.kratosadmin.internal.json.KratosJson;

/**
 * A region of Ory Network, which holds the data of an identity. Servers of your own
 * accept a region, but do not store it. Newer versions of Kratos may have more than the
 * constants.
 *
 * @param value the name of the region in Kratos
 */
public record IdentityRegion(@JsonValue String value) {

	/**
	 * Central Europe.
	 */
	public static final IdentityRegion EU_CENTRAL = new IdentityRegion("eu-central");

	/**
	 * Northeast Asia.
	 */
	public static final IdentityRegion ASIA_NORTHEAST = new IdentityRegion("asia-northeast");

	/**
	 * The east of the United States.
	 */
	public static final IdentityRegion US_EAST = new IdentityRegion("us-east");

	/**
	 * The west of the United States.
	 */
	public static final IdentityRegion US_WEST = new IdentityRegion("us-west");

	/**
	 * Europe.
	 */
	public static final IdentityRegion EU = new IdentityRegion("eu");

	/**
	 * Asia.
	 */
	public static final IdentityRegion ASIA = new IdentityRegion("asia");

	/**
	 * The United States.
	 */
	public static final IdentityRegion US = new IdentityRegion("us");

	/**
	 * All regions.
	 */
	public static final IdentityRegion GLOBAL = new IdentityRegion("global");

	/**
	 * Creates a region by its name, with or without a constant.
	 * @param value the name of the region in Kratos
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public IdentityRegion {
		value = KratosJson.required(value, "the region");
	}

	@Override
	public String toString() {
		return this.value;
	}

}
