package io.github.kratosadmin.selfservice;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.json.KratosJson;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong in a self-service flow, as shown to a user.
 *
 * @param id the id
 * @param errors what went wrong; Kratos from 0.7 on has one error at most
 * @param createdAt when it happened
 * @param updatedAt when it was changed last
 */
public record SelfServiceError(String id, List<KratosError> errors, @Nullable Instant createdAt,
		@Nullable Instant updatedAt) {

	/**
	 * Copies the errors.
	 */
	public SelfServiceError {
		id = KratosJson.required(id, "id");
		errors = List.copyOf(errors);
	}

	@JsonCreator
	static SelfServiceError read(@JsonProperty("id") String id,
			@JsonProperty("errors") @Nullable List<KratosError> errors,
			@JsonProperty("error") @Nullable KratosError error, @JsonProperty("created_at") @Nullable Instant createdAt,
			@JsonProperty("updated_at") @Nullable Instant updatedAt) {
		return new SelfServiceError(id, (error != null) ? List.of(error) : KratosJson.listOf(errors), createdAt,
				updatedAt);
	}

}
