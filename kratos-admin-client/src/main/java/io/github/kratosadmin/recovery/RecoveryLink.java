package io.github.kratosadmin.recovery;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * A link that signs an identity in to recover its account. Who has it has the account:
 * {@link #toString()} does not show it.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param recoveryLink the URL for the identity's owner
 * @param expiresAt when it ends
 * @param additionalProperties what this version of the client does not know, by name;
 * kept out of {@link #toString()}
 */
public record RecoveryLink(@JsonProperty(value = "recovery_link", access = WRITE_ONLY) String recoveryLink,
		@JsonProperty("expires_at") @Nullable Instant expiresAt,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	/**
	 * Reads what Kratos sent.
	 */
	public RecoveryLink {
		recoveryLink = KratosJson.required(recoveryLink, "recovery_link");
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	@Override
	public String toString() {
		return "RecoveryLink[expiresAt=" + this.expiresAt + "]";
	}

}
