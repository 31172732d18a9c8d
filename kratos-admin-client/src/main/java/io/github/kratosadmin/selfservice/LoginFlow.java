package io.github.kratosadmin.selfservice;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.json.KratosJson;
import org.jspecify.annotations.Nullable;

/**
 * A flow that signs someone in.
 *
 * @param id the id, a UUID
 * @param type whether the flow is a browser's or an API client's
 * @param expiresAt when it ends
 * @param issuedAt when it began
 * @param requestUrl the URL that began it
 * @param active the method in use
 * @param state how far it is
 * @param ui the form to show
 * @param forced whether someone already signed in has to sign in again (up to Kratos 0.6;
 * later {@code refresh})
 */
public record LoginFlow(@JsonProperty("id") String id, @JsonProperty("type") @Nullable FlowType type,
		@JsonProperty("expires_at") @Nullable Instant expiresAt, @JsonProperty("issued_at") @Nullable Instant issuedAt,
		@JsonProperty("request_url") @Nullable String requestUrl, @JsonProperty("active") @Nullable String active,
		@JsonProperty("state") @Nullable String state, @JsonProperty("ui") UiContainer ui,
		@JsonProperty("forced") @JsonAlias("refresh") boolean forced) implements SelfServiceFlow {

	/**
	 * Reads what Kratos sent: an absent form is an empty one.
	 */
	@SuppressWarnings("NullAway") // Kratos may leave out anything.
	public LoginFlow {
		id = KratosJson.required(id, "id");
		ui = (ui != null) ? ui : UiContainer.EMPTY;
	}

	/**
	 * Shows no secret: not the URL that began the flow.
	 */
	@Override
	public String toString() {
		return FlowText.of(this, "");
	}

}
