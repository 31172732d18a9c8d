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
 * A recovery code, which signs an identity in, and the link to enter it at. Together they
 * give access to the account: {@link #toString()} does not show them.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param recoveryLink the URL to enter the code at
 * @param recoveryCode the code for the owner of the identity
 * @param expiresAt the time when the code expires
 * @param additionalProperties the fields that this version of the client does not know,
 * by name; not shown by {@link #toString()}
 */
public record RecoveryCode(@JsonProperty(value = "recovery_link", access = WRITE_ONLY) String recoveryLink,
		@JsonProperty(value = "recovery_code", access = WRITE_ONLY) String recoveryCode,
		@JsonProperty("expires_at") @Nullable Instant expiresAt,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	/**
	 * Reads a response of Kratos.
	 */
	public RecoveryCode {
		recoveryLink = KratosJson.required(recoveryLink, "recovery_link");
		recoveryCode = KratosJson.required(recoveryCode, "recovery_code");
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	@Override
	public String toString() {
		return "RecoveryCode[expiresAt=" + this.expiresAt + "]";
	}

}
