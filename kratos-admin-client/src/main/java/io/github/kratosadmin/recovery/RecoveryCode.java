package io.github.kratosadmin.recovery;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.json.KratosJson;
import org.jspecify.annotations.Nullable;

/**
 * A code that signs an identity in to recover its account, and where to enter it. Who has
 * both has the account: {@link #toString()} shows neither.
 *
 * @param recoveryLink the URL for the identity's owner, where to enter the code
 * @param recoveryCode the code for the identity's owner
 * @param expiresAt when it ends
 */
public record RecoveryCode(@JsonProperty("recovery_link") String recoveryLink,
		@JsonProperty("recovery_code") String recoveryCode, @JsonProperty("expires_at") @Nullable Instant expiresAt) {

	/**
	 * Reads what Kratos sent.
	 */
	public RecoveryCode {
		recoveryLink = KratosJson.required(recoveryLink, "recovery_link");
		recoveryCode = KratosJson.required(recoveryCode, "recovery_code");
	}

	@Override
	public String toString() {
		return "RecoveryCode[expiresAt=" + this.expiresAt + "]";
	}

}
