package io.github.kratosadmin.metadata;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.json.KratosJson;

/**
 * The version of a Kratos.
 *
 * @param version the version as Kratos spells it, such as {@code v0.6.3-alpha.1}
 */
public record Version(@JsonProperty("version") String version) {

	/**
	 * Reads what Kratos sent.
	 */
	public Version {
		version = KratosJson.required(version, "version");
	}

}
