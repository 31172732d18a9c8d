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
 * A session of an identity. The operation, its {@link SessionExpand} argument and the
 * version of Kratos determine whether the response has the identity and the devices.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param id the id, a UUID
 * @param active whether the session can be used
 * @param expiresAt the time when the session expires
 * @param authenticatedAt the time of the last sign-in
 * @param authenticatorAssuranceLevel {@code aal1} for a sign-in with one factor,
 * {@code aal2} for two
 * @param authenticationMethods the methods of the sign-in
 * @param issuedAt the time when the session began
 * @param identity the identity, or {@code null} if the response does not have it
 * @param devices the devices that the session was used on, empty if the response has none
 * @param tokenized the session as a token such as a JWT, a secret; only in responses to
 * the owner of the session
 * @param additionalProperties the fields that this version of the client does not know,
 * by name; not shown by {@link #toString()}
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
	 * Reads a response of Kratos: absent lists are empty.
	 */
	public Session {
		id = KratosJson.required(id, "id");
		authenticationMethods = KratosJson.listOf(authenticationMethods);
		devices = KratosJson.listOf(devices);
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	/**
	 * Does not show secrets or personal data.
	 */
	@Override
	public String toString() {
		return "Session[id=" + this.id + ", active=" + this.active + ", expiresAt=" + this.expiresAt
				+ ", authenticatedAt=" + this.authenticatedAt + ", authenticatorAssuranceLevel="
				+ this.authenticatorAssuranceLevel + ", issuedAt=" + this.issuedAt + "]";
	}

}
