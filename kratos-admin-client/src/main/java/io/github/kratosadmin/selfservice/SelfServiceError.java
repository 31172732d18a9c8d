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
 * What went wrong in a self-service flow, as shown to a user.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param id the id
 * @param error what went wrong (since Kratos 0.7); {@link #errors()} has it in every
 * version
 * @param legacyErrors what went wrong (up to Kratos 0.6, empty later)
 * @param createdAt when it happened
 * @param updatedAt when it was changed last
 * @param additionalProperties what this version of the client does not know, by name;
 * kept out of {@link #toString()}
 */
public record SelfServiceError(@JsonProperty("id") String id, @JsonProperty("error") @Nullable KratosError error,
		@JsonProperty("errors") List<KratosError> legacyErrors, @JsonProperty("created_at") @Nullable Instant createdAt,
		@JsonProperty("updated_at") @Nullable Instant updatedAt,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	/**
	 * Reads what Kratos sent: absent errors are an empty list.
	 */
	public SelfServiceError {
		id = KratosJson.required(id, "id");
		legacyErrors = KratosJson.listOf(legacyErrors);
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	/**
	 * What went wrong, in every version of Kratos.
	 * @return the errors, one at most from Kratos 0.7 on
	 */
	public List<KratosError> errors() {
		return (this.error != null) ? List.of(this.error) : this.legacyErrors;
	}

	/**
	 * Shows what {@link KratosError#toString()} shows.
	 */
	@Override
	public String toString() {
		return "SelfServiceError[id=" + this.id + ", errors=" + errors() + ", createdAt=" + this.createdAt + "]";
	}

}
