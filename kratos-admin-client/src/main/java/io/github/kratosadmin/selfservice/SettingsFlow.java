package io.github.kratosadmin.selfservice;

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
 * A self-service flow to change the settings of an account.
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
 * @param identity the identity that the settings belong to
 * @param organizationId the organization of the identity (since a Kratos after 26.2)
 * @param continueWith the possible next steps (since Kratos 0.13)
 * @param transientPayload data of the application for web hooks and templates, possibly a
 * secret (since Kratos 1.2)
 * @param additionalProperties the fields that this version of the client does not know,
 * by name; not shown by {@link #toString()}
 */
public record SettingsFlow(@JsonProperty("id") String id, @JsonProperty("type") @Nullable FlowType type,
		@JsonProperty("expires_at") @Nullable Instant expiresAt, @JsonProperty("issued_at") @Nullable Instant issuedAt,
		@JsonProperty(value = "request_url", access = WRITE_ONLY) @Nullable String requestUrl,
		@JsonProperty("return_to") @Nullable String returnTo, @JsonProperty("active") @Nullable String active,
		@JsonProperty("state") @Nullable String state, @JsonProperty("ui") UiContainer ui,
		@JsonProperty("identity") @Nullable Identity identity,
		@JsonProperty("organization_id") @Nullable String organizationId,
		@JsonProperty("continue_with") List<ContinueWith> continueWith,
		@JsonProperty(value = "transient_payload", access = WRITE_ONLY) @Nullable JsonNode transientPayload,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties)
		implements
			SelfServiceFlow {

	/**
	 * Reads a response of Kratos: an absent form is empty.
	 */
	@SuppressWarnings("NullAway") // Kratos may leave out anything.
	public SettingsFlow {
		id = KratosJson.required(id, "id");
		ui = (ui != null) ? ui : UiContainer.EMPTY;
		continueWith = KratosJson.listOf(continueWith);
		transientPayload = KratosJson.orNull(transientPayload);
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	/**
	 * Does not show secrets, nor the request URL.
	 */
	@Override
	public String toString() {
		return FlowText.of(this, ", identity=" + this.identity);
	}

}
