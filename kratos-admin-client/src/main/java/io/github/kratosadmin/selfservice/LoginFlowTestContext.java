package io.github.kratosadmin.selfservice;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * What a login flow tests, and what was found. Since a Kratos after 26.2.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param providerId the id of the OpenID Connect provider to test
 * @param debugPayload what was found, or {@code null} until the user has returned from
 * the provider
 * @param additionalProperties the fields that this version of the client does not know,
 * by name; not shown by {@link #toString()}
 */
public record LoginFlowTestContext(@JsonProperty("provider_id") @Nullable String providerId,
		@JsonProperty("debug_payload") @Nullable DebugPayload debugPayload,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	/**
	 * Reads a response of Kratos.
	 */
	public LoginFlowTestContext {
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	@Override
	public String toString() {
		return "LoginFlowTestContext[providerId=" + this.providerId + ", debugPayload=" + this.debugPayload + "]";
	}

	/**
	 * What was found. It contains personal data of the user who signed in, which
	 * {@link #toString()} does not show.
	 *
	 * @param error the failure of a step, or {@code null} if all succeeded
	 * @param idTokenClaims the claims of the id token, an object, or {@code null}
	 * @param userinfo the claims of the userinfo endpoint of the provider, an object, or
	 * {@code null}
	 * @param jsonnetMapperUrl the URL of the Jsonnet code that maps the claims
	 * @param jsonnetInput the input of the Jsonnet code, an object, or {@code null}
	 * @param jsonnetOutput the output of the Jsonnet code, an object, or {@code null}
	 * @param jsonnetStderr what the Jsonnet code wrote to standard error
	 * @param schemaValidationErrors the errors of the mapped traits, empty for none
	 * @param additionalProperties the fields that this version of the client does not
	 * know, by name; not shown by {@link #toString()}
	 */
	public record DebugPayload(@JsonProperty("error") @Nullable StepError error,
			@JsonProperty(value = "id_token_claims", access = WRITE_ONLY) @Nullable JsonNode idTokenClaims,
			@JsonProperty(value = "userinfo", access = WRITE_ONLY) @Nullable JsonNode userinfo,
			@JsonProperty(value = "jsonnet_mapper_url", access = WRITE_ONLY) @Nullable String jsonnetMapperUrl,
			@JsonProperty(value = "jsonnet_input", access = WRITE_ONLY) @Nullable JsonNode jsonnetInput,
			@JsonProperty(value = "jsonnet_output", access = WRITE_ONLY) @Nullable JsonNode jsonnetOutput,
			@JsonProperty(value = "jsonnet_stderr", access = WRITE_ONLY) @Nullable String jsonnetStderr,
			@JsonProperty("schema_validation_errors") List<SchemaValidationError> schemaValidationErrors,
			@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

		/**
		 * Reads a response of Kratos: absent errors are empty.
		 */
		public DebugPayload {
			idTokenClaims = KratosJson.orNull(idTokenClaims);
			userinfo = KratosJson.orNull(userinfo);
			jsonnetInput = KratosJson.orNull(jsonnetInput);
			jsonnetOutput = KratosJson.orNull(jsonnetOutput);
			schemaValidationErrors = KratosJson.listOf(schemaValidationErrors);
			additionalProperties = KratosJson.mapOf(additionalProperties);
		}

		/**
		 * Does not show personal data.
		 */
		@Override
		public String toString() {
			return "DebugPayload[error=" + this.error + ", schemaValidationErrors=" + this.schemaValidationErrors + "]";
		}

	}

	/**
	 * The failure of a step.
	 *
	 * @param step the step, such as {@code token_exchange} or {@code schema_validate}
	 * @param reason the kind of failure, such as {@code access_denied} or
	 * {@code traits_invalid}
	 * @param message the description of the failure, which may contain personal data
	 * @param additionalProperties the fields that this version of the client does not
	 * know, by name; not shown by {@link #toString()}
	 */
	public record StepError(@JsonProperty("step") @Nullable String step,
			@JsonProperty("reason") @Nullable String reason,
			@JsonProperty(value = "message", access = WRITE_ONLY) @Nullable String message,
			@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

		/**
		 * Reads a response of Kratos.
		 */
		public StepError {
			additionalProperties = KratosJson.mapOf(additionalProperties);
		}

		/**
		 * Does not show the message.
		 */
		@Override
		public String toString() {
			return "StepError[step=" + this.step + ", reason=" + this.reason + "]";
		}

	}

	/**
	 * An error of the mapped traits.
	 *
	 * @param path the JSON pointer to the field
	 * @param message the description of the error, which may contain personal data
	 * @param additionalProperties the fields that this version of the client does not
	 * know, by name; not shown by {@link #toString()}
	 */
	public record SchemaValidationError(@JsonProperty("path") @Nullable String path,
			@JsonProperty(value = "message", access = WRITE_ONLY) @Nullable String message,
			@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

		/**
		 * Reads a response of Kratos.
		 */
		public SchemaValidationError {
			additionalProperties = KratosJson.mapOf(additionalProperties);
		}

		/**
		 * Does not show the message.
		 */
		@Override
		public String toString() {
			return "SchemaValidationError[path=" + this.path + "]";
		}

	}

}
