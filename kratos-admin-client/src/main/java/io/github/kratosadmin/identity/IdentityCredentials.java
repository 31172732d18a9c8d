package io.github.kratosadmin.identity;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * Credentials of an identity, all of the same type.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param type the type, such as {@code password}
 * @param identifiers the identifiers to sign in with, such as the e-mail address
 * @param config the secrets, including password hashes and provider tokens, or
 * {@code null}; few responses have them
 * @param version the version of the format of {@code config}
 * @param createdAt the time of their creation
 * @param updatedAt the time of the last change
 * @param additionalProperties the fields that this version of the client does not know,
 * by name; not shown by {@link #toString()}
 */
public record IdentityCredentials(@JsonProperty("type") @Nullable String type,
		@JsonProperty("identifiers") List<String> identifiers,
		@JsonProperty(value = "config", access = WRITE_ONLY) @Nullable JsonNode config,
		@JsonProperty("version") int version, @JsonProperty("created_at") @Nullable Instant createdAt,
		@JsonProperty("updated_at") @Nullable Instant updatedAt,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	/**
	 * Reads a response of Kratos: absent identifiers are an empty list.
	 */
	public IdentityCredentials {
		identifiers = KratosJson.listOf(identifiers);
		config = KratosJson.orNull(config);
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	/**
	 * Returns the same credentials with their own copies of the JSON trees, which may be
	 * changed.
	 */
	IdentityCredentials copy() {
		return new IdentityCredentials(this.type, this.identifiers,
				(this.config != null) ? this.config.deepCopy() : null, this.version, this.createdAt, this.updatedAt,
				KratosJson.copyOf(this.additionalProperties));
	}

	/**
	 * Does not show secrets or personal data.
	 */
	@Override
	public String toString() {
		return "IdentityCredentials[type=" + this.type + "]";
	}

}
