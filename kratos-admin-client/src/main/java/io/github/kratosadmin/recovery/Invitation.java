package io.github.kratosadmin.recovery;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.identity.Identity;
import org.jspecify.annotations.Nullable;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * A link, possibly with a code, with which the owner of a new identity signs in and
 * chooses a password. The link and the code give access to the account:
 * {@link #toString()} does not show them.
 *
 * @param identity the identity
 * @param recoveryLink the URL for the owner of the identity
 * @param recoveryCode the code to enter at the link, or {@code null} if the link needs
 * none
 * @param expiresAt the time when the link or the code expires
 */
public record Invitation(Identity identity, @JsonProperty(access = WRITE_ONLY) String recoveryLink,
		@JsonProperty(access = WRITE_ONLY) @Nullable String recoveryCode, @Nullable Instant expiresAt) {

	/**
	 * Does not show secrets.
	 */
	@Override
	public String toString() {
		return "Invitation[identity=" + this.identity + ", expiresAt=" + this.expiresAt + "]";
	}

}
