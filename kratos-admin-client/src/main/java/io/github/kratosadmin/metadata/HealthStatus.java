package io.github.kratosadmin.metadata;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.json.KratosJson;

/**
 * What Kratos says of its health.
 *
 * @param status {@code ok}
 */
public record HealthStatus(@JsonProperty("status") String status) {

	/**
	 * Reads what Kratos sent.
	 */
	public HealthStatus {
		status = KratosJson.required(status, "status");
	}

}
