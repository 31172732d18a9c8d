package io.github.kratosadmin.metadata;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import tools.jackson.databind.JsonNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * The health of Kratos.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param status {@code ok}
 * @param additionalProperties the fields that this version of the client does not know,
 * by name; not shown by {@link #toString()}
 */
public record HealthStatus(@JsonProperty("status") String status,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	/**
	 * Reads a response of Kratos.
	 */
	public HealthStatus {
		status = KratosJson.required(status, "status");
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	@Override
	public String toString() {
		return "HealthStatus[status=" + this.status + "]";
	}

}
