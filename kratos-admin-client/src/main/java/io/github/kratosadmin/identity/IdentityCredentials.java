package io.github.kratosadmin.identity;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One way in which an identity signs in.
 *
 * @param type the type, such as {@code password}
 * @param identifiers what the identity signs in with, such as its e-mail address
 * @param config the secrets, password hashes and provider tokens among them, in the few
 * answers that carry them
 * @param version the version of the format of {@code config}
 * @param createdAt when it was created
 * @param updatedAt when it was changed last
 */
public record IdentityCredentials(@JsonProperty("type") @Nullable String type,
		@JsonProperty("identifiers") List<String> identifiers, @JsonProperty("config") @Nullable JsonNode config,
		@JsonProperty("version") int version, @JsonProperty("created_at") @Nullable Instant createdAt,
		@JsonProperty("updated_at") @Nullable Instant updatedAt) {

	/**
	 * Reads what Kratos sent: absent identifiers are an empty list.
	 */
	public IdentityCredentials {
		identifiers = KratosJson.listOf(identifiers);
		config = KratosJson.orNull(config);
	}

	/**
	 * The same credentials with a JSON tree of their own, which may be changed.
	 */
	IdentityCredentials copy() {
		return new IdentityCredentials(this.type, this.identifiers,
				(this.config != null) ? this.config.deepCopy() : null, this.version, this.createdAt, this.updatedAt);
	}

	/**
	 * Shows neither secrets nor personal data.
	 */
	@Override
	public String toString() {
		return "IdentityCredentials[type=" + this.type + "]";
	}

}
