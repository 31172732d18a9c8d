package io.github.kratosadmin.selfservice;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * An error in a self-service flow, as shown to a user.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param id the id
 * @param error the error (since Kratos 0.7); see {@link #errors()} for every version
 * @param legacyErrors the errors (up to Kratos 0.6, empty later)
 * @param createdAt the time of the error
 * @param updatedAt the time of the last change
 * @param additionalProperties the fields that this version of the client does not know,
 * by name; not shown by {@link #toString()}
 */
public record SelfServiceError(@JsonProperty("id") String id, @JsonProperty("error") @Nullable KratosError error,
		@JsonProperty("errors") List<KratosError> legacyErrors, @JsonProperty("created_at") @Nullable Instant createdAt,
		@JsonProperty("updated_at") @Nullable Instant updatedAt,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	/**
	 * Reads a response of Kratos: absent errors are an empty list.
	 */
	public SelfServiceError {
		id = KratosJson.required(id, "id");
		legacyErrors = KratosJson.listOf(legacyErrors);
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	/**
	 * Returns the errors, for every version of Kratos.
	 * @return the errors, one at most since Kratos 0.7
	 */
	public List<KratosError> errors() {
		return (this.error != null) ? List.of(this.error) : this.legacyErrors;
	}

	/**
	 * Shows of each error only {@link KratosError#toString()}.
	 */
	@Override
	public String toString() {
		return "SelfServiceError[id=" + this.id + ", errors=" + errors() + ", createdAt=" + this.createdAt + "]";
	}

}
