package io.github.kratosadmin.recovery;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.json.KratosJson;
import org.jspecify.annotations.Nullable;

/**
 * A link that signs an identity in to recover its account. Who has it has the account:
 * {@link #toString()} does not show it.
 *
 * @param recoveryLink the URL for the identity's owner
 * @param expiresAt when it ends
 */
public record RecoveryLink(@JsonProperty("recovery_link") String recoveryLink,
		@JsonProperty("expires_at") @Nullable Instant expiresAt) {

	/**
	 * Reads what Kratos sent.
	 */
	public RecoveryLink {
		recoveryLink = KratosJson.required(recoveryLink, "recovery_link");
	}

	@Override
	public String toString() {
		return "RecoveryLink[expiresAt=" + this.expiresAt + "]";
	}

}
