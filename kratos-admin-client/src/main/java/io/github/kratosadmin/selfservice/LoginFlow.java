package io.github.kratosadmin.selfservice;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * A self-service flow to sign in.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param id the id, a UUID
 * @param type the type of the client
 * @param expiresAt the time when the flow expires
 * @param issuedAt the time when the flow began
 * @param requestUrl the URL that started the flow, a secret
 * @param returnTo the URL to go to after the flow (since Kratos 0.8)
 * @param active the selected method, or {@code null} if none is selected
 * @param state the state of the flow
 * @param ui the form to show
 * @param legacyForced whether a signed-in user has to sign in again (up to Kratos 0.7)
 * @param refresh whether a signed-in user has to sign in again (since Kratos 0.8)
 * @param requestedAal the required assurance level: {@code aal1} for one factor,
 * {@code aal2} for two (since Kratos 0.8)
 * @param organizationId the organization to sign in to (since Kratos 1.1)
 * @param identitySchema the id of the identity schema (since Kratos 25.4)
 * @param oauth2LoginChallenge the login challenge of OAuth 2, a secret (since Kratos
 * 0.11)
 * @param oauth2LoginRequest the login request of OAuth 2, a JSON object with the
 * challenge, a secret (since Kratos 0.11)
 * @param sessionTokenExchangeCode the first of the two codes that an API client exchanges
 * for a session token, a secret (since Kratos 1.0)
 * @param createdAt the time when the flow was stored
 * @param updatedAt the time of the last change
 * @param transientPayload data of the application for web hooks and templates, possibly a
 * secret (since Kratos 1.2)
 * @param testContext what the flow tests, or {@code null} for a flow that signs in (since
 * a Kratos after 26.2)
 * @param additionalProperties the fields that this version of the client does not know,
 * by name; not shown by {@link #toString()}
 */
public record LoginFlow(@JsonProperty("id") String id, @JsonProperty("type") @Nullable FlowType type,
		@JsonProperty("expires_at") @Nullable Instant expiresAt, @JsonProperty("issued_at") @Nullable Instant issuedAt,
		@JsonProperty(value = "request_url", access = WRITE_ONLY) @Nullable String requestUrl,
		@JsonProperty("return_to") @Nullable String returnTo, @JsonProperty("active") @Nullable String active,
		@JsonProperty("state") @Nullable String state, @JsonProperty("ui") UiContainer ui,
		@JsonProperty("forced") boolean legacyForced, @JsonProperty("refresh") boolean refresh,
		@JsonProperty("requested_aal") @Nullable String requestedAal,
		@JsonProperty("organization_id") @Nullable String organizationId,
		@JsonProperty("identity_schema") @Nullable String identitySchema,
		@JsonProperty(value = "oauth2_login_challenge", access = WRITE_ONLY) @Nullable String oauth2LoginChallenge,
		@JsonProperty(value = "oauth2_login_request", access = WRITE_ONLY) @Nullable JsonNode oauth2LoginRequest,
		@JsonProperty(value = "session_token_exchange_code",
				access = WRITE_ONLY) @Nullable String sessionTokenExchangeCode,
		@JsonProperty("created_at") @Nullable Instant createdAt,
		@JsonProperty("updated_at") @Nullable Instant updatedAt,
		@JsonProperty(value = "transient_payload", access = WRITE_ONLY) @Nullable JsonNode transientPayload,
		@JsonProperty("test_context") @Nullable LoginFlowTestContext testContext,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties)
		implements
			SelfServiceFlow {

	/**
	 * Reads a response of Kratos: an absent form is empty.
	 */
	@SuppressWarnings("NullAway") // Kratos may leave out anything.
	public LoginFlow {
		id = KratosJson.required(id, "id");
		ui = (ui != null) ? ui : UiContainer.EMPTY;
		oauth2LoginRequest = KratosJson.orNull(oauth2LoginRequest);
		transientPayload = KratosJson.orNull(transientPayload);
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	/**
	 * Returns whether a signed-in user has to sign in again, for every version of Kratos.
	 * @return {@code true} if {@link #legacyForced()} or {@link #refresh()}
	 */
	public boolean forced() {
		return this.legacyForced || this.refresh;
	}

	/**
	 * Does not show secrets, nor the request URL.
	 */
	@Override
	public String toString() {
		return FlowText.of(this, "");
	}

}
