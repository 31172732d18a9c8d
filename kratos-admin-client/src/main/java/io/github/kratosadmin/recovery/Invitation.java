package io.github.kratosadmin.recovery;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.identity.Identity;
import org.jspecify.annotations.Nullable;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * What invites the owner of a new identity to sign in and choose a password. Who has it
 * has the account: {@link #toString()} shows neither link nor code.
 *
 * @param identity the identity
 * @param recoveryLink the URL for the identity's owner
 * @param recoveryCode the code to enter there, {@code null} if the link needs none
 * @param expiresAt when it ends
 */
public record Invitation(Identity identity, @JsonProperty(access = WRITE_ONLY) String recoveryLink,
		@JsonProperty(access = WRITE_ONLY) @Nullable String recoveryCode, @Nullable Instant expiresAt) {

	/**
	 * Shows no secret.
	 */
	@Override
	public String toString() {
		return "Invitation[identity=" + this.identity + ", expiresAt=" + this.expiresAt + "]";
	}

}
