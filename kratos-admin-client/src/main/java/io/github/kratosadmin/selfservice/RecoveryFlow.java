package io.github.kratosadmin.selfservice;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * A flow that lets someone back into an account.
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
 * @param continueWith what may come next (since Kratos 1.1)
 * @param transientPayload data of the application's that goes to web hooks and templates;
 * may be a secret (since Kratos 1.2)
 * @param additionalProperties what this version of the client does not know, by name;
 * kept out of {@link #toString()}
 */
public record RecoveryFlow(@JsonProperty("id") String id, @JsonProperty("type") @Nullable FlowType type,
		@JsonProperty("expires_at") @Nullable Instant expiresAt, @JsonProperty("issued_at") @Nullable Instant issuedAt,
		@JsonProperty(value = "request_url", access = WRITE_ONLY) @Nullable String requestUrl,
		@JsonProperty("return_to") @Nullable String returnTo, @JsonProperty("active") @Nullable String active,
		@JsonProperty("state") @Nullable String state, @JsonProperty("ui") UiContainer ui,
		@JsonProperty("continue_with") List<ContinueWith> continueWith,
		@JsonProperty(value = "transient_payload", access = WRITE_ONLY) @Nullable JsonNode transientPayload,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties)
		implements
			SelfServiceFlow {

	/**
	 * Reads what Kratos sent: an absent form is an empty one.
	 */
	@SuppressWarnings("NullAway") // Kratos may leave out anything.
	public RecoveryFlow {
		id = KratosJson.required(id, "id");
		ui = (ui != null) ? ui : UiContainer.EMPTY;
		continueWith = KratosJson.listOf(continueWith);
		transientPayload = KratosJson.orNull(transientPayload);
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	/**
	 * Shows no secret: not the URL that began the flow.
	 */
	@Override
	public String toString() {
		return FlowText.of(this, "");
	}

}
