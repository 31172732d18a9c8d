package io.github.kratosadmin.session;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.json.KratosJson;
import org.jspecify.annotations.Nullable;

/**
 * A session of an identity.
 *
 * @param id the id, a UUID
 * @param active whether the session is good to use
 * @param expiresAt when it ends
 * @param authenticatedAt when the identity signed in last
 * @param issuedAt when it began
 * @param identity the identity, where the answer has it
 */
public record Session(@JsonProperty("id") String id, @JsonProperty("active") boolean active,
		@JsonProperty("expires_at") @Nullable Instant expiresAt,
		@JsonProperty("authenticated_at") @Nullable Instant authenticatedAt,
		@JsonProperty("issued_at") @Nullable Instant issuedAt, @JsonProperty("identity") @Nullable Identity identity) {

	/**
	 * Reads what Kratos sent.
	 */
	public Session {
		id = KratosJson.required(id, "id");
	}

}
