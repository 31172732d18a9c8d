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
 * A flow that signs someone in.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param id the id, a UUID
 * @param type whether the flow is a browser's or an API client's
 * @param expiresAt when it ends
 * @param issuedAt when it began
 * @param requestUrl the URL that began it, a secret
 * @param returnTo the URL to go to in the end (since Kratos 0.8)
 * @param active the method in use
 * @param state how far it is
 * @param ui the form to show
 * @param legacyForced whether someone already signed in has to sign in again (up to
 * Kratos 0.7)
 * @param refresh whether someone already signed in has to sign in again (since Kratos
 * 0.8)
 * @param requestedAal {@code aal1} if one factor is asked for, {@code aal2} for two
 * (since Kratos 0.8)
 * @param organizationId the organization to sign in to (since Kratos 1.1)
 * @param identitySchema the id of the identity schema in use (since Kratos 25.4)
 * @param oauth2LoginChallenge the login challenge of an OAuth 2 client, a secret (since
 * Kratos 0.11)
 * @param oauth2LoginRequest what the OAuth 2 client asked for, an object by name, a
 * secret: it has the challenge (since Kratos 0.11)
 * @param sessionTokenExchangeCode half of what an API client's session token can be had
 * for, a secret (since Kratos 1.0)
 * @param createdAt when it was stored
 * @param updatedAt when it was changed last
 * @param transientPayload data of the application's that goes to web hooks and templates;
 * may be a secret (since Kratos 1.2)
 * @param additionalProperties what this version of the client does not know, by name;
 * kept out of {@link #toString()}
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
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties)
		implements
			SelfServiceFlow {

	/**
	 * Reads what Kratos sent: an absent form is an empty one.
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
	 * Whether someone already signed in has to sign in again, in every version of Kratos.
	 * @return whether the flow is forced, as Kratos up to 0.7 says, or a refresh, as
	 * later versions say
	 */
	public boolean forced() {
		return this.legacyForced || this.refresh;
	}

	/**
	 * Shows no secret: not the URL that began the flow.
	 */
	@Override
	public String toString() {
		return FlowText.of(this, "");
	}

}
