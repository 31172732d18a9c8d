package io.github.kratosadmin.session;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * A session of an identity. Which answers have the identity and the devices depends on
 * the operation, on what it was asked to expand, and on the version of Kratos.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param id the id, a UUID
 * @param active whether the session is good to use
 * @param expiresAt when it ends
 * @param authenticatedAt when the identity signed in last
 * @param authenticatorAssuranceLevel {@code aal1} if the identity signed in with one
 * factor, {@code aal2} with two
 * @param authenticationMethods how the identity signed in
 * @param issuedAt when it began
 * @param identity the identity, where the answer has it
 * @param devices the devices it was used on, empty where the answer has none
 * @param tokenized the session as a token such as a JWT, a secret; only in answers to the
 * session's owner
 * @param additionalProperties what this version of the client does not know, by name;
 * kept out of {@link #toString()}
 */
public record Session(@JsonProperty("id") String id, @JsonProperty("active") boolean active,
		@JsonProperty("expires_at") @Nullable Instant expiresAt,
		@JsonProperty("authenticated_at") @Nullable Instant authenticatedAt,
		@JsonProperty("authenticator_assurance_level") @Nullable String authenticatorAssuranceLevel,
		@JsonProperty("authentication_methods") List<SessionAuthenticationMethod> authenticationMethods,
		@JsonProperty("issued_at") @Nullable Instant issuedAt, @JsonProperty("identity") @Nullable Identity identity,
		@JsonProperty("devices") List<SessionDevice> devices,
		@JsonProperty(value = "tokenized", access = WRITE_ONLY) @Nullable String tokenized,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	/**
	 * Reads what Kratos sent: absent lists are empty.
	 */
	public Session {
		id = KratosJson.required(id, "id");
		authenticationMethods = KratosJson.listOf(authenticationMethods);
		devices = KratosJson.listOf(devices);
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	/**
	 * Shows neither secrets nor personal data.
	 */
	@Override
	public String toString() {
		return "Session[id=" + this.id + ", active=" + this.active + ", expiresAt=" + this.expiresAt
				+ ", authenticatedAt=" + this.authenticatedAt + ", authenticatorAssuranceLevel="
				+ this.authenticatorAssuranceLevel + ", issuedAt=" + this.issuedAt + "]";
	}

}
