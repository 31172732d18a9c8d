package io.github.kratosadmin.selfservice;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * A possible next step after a flow (since Kratos 0.13).
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param action the action, such as {@code show_verification_ui},
 * {@code show_settings_ui}, {@code show_recovery_ui}, {@code set_ory_session_token},
 * {@code redirect_browser_to} or {@code show_pin_entry_ui} (since a Kratos after 26.2)
 * @param flow the flow to continue with, or {@code null}
 * @param redirectBrowserTo the URL to go to, possibly a secret
 * @param orySessionToken the token of the new session, a secret
 * @param data the sealed secret for {@code show_pin_entry_ui}, an object, a secret (since
 * a Kratos after 26.2)
 * @param additionalProperties the fields that this version of the client does not know,
 * by name; not shown by {@link #toString()}
 */
public record ContinueWith(@JsonProperty("action") @Nullable String action, @JsonProperty("flow") @Nullable Flow flow,
		@JsonProperty(value = "redirect_browser_to", access = WRITE_ONLY) @Nullable String redirectBrowserTo,
		@JsonProperty(value = "ory_session_token", access = WRITE_ONLY) @Nullable String orySessionToken,
		@JsonProperty(value = "data", access = WRITE_ONLY) @Nullable JsonNode data,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	/**
	 * Reads a response of Kratos.
	 */
	public ContinueWith {
		data = KratosJson.orNull(data);
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	/**
	 * Does not show secrets.
	 */
	@Override
	public String toString() {
		return "ContinueWith[action=" + this.action + ", flow=" + this.flow + "]";
	}

	/**
	 * A flow to continue with.
	 *
	 * @param id the id, a UUID
	 * @param url the URL of the flow in a browser
	 * @param verifiableAddress the address to verify
	 * @param additionalProperties the fields that this version of the client does not
	 * know, by name; not shown by {@link #toString()}
	 */
	public record Flow(@JsonProperty("id") @Nullable String id, @JsonProperty("url") @Nullable String url,
			@JsonProperty("verifiable_address") @Nullable String verifiableAddress,
			@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

		/**
		 * Reads a response of Kratos.
		 */
		public Flow {
			additionalProperties = KratosJson.mapOf(additionalProperties);
		}

		/**
		 * Does not show secrets or personal data.
		 */
		@Override
		public String toString() {
			return "Flow[id=" + this.id + "]";
		}

	}

}
