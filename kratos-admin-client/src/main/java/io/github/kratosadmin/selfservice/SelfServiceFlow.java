package io.github.kratosadmin.selfservice;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What all self-service flows have in common. What a Kratos does not send is
 * {@code null}.
 */
public sealed interface SelfServiceFlow
		permits LoginFlow, RegistrationFlow, RecoveryFlow, SettingsFlow, VerificationFlow {

	/**
	 * The id of the flow.
	 * @return the id, a UUID
	 */
	String id();

	/**
	 * Whether the flow is a browser's or an API client's.
	 * @return the type
	 */
	@Nullable FlowType type();

	/**
	 * When the flow ends.
	 * @return the time
	 */
	@Nullable Instant expiresAt();

	/**
	 * When the flow began.
	 * @return the time
	 */
	@Nullable Instant issuedAt();

	/**
	 * The URL that began the flow.
	 * @return the URL
	 */
	@Nullable String requestUrl();

	/**
	 * The URL to go to in the end. Since Kratos 0.8.
	 * @return the URL, {@code null} for that of Kratos's configuration
	 */
	@Nullable String returnTo();

	/**
	 * The method in use, such as {@code password} or {@code link}.
	 * @return the method, {@code null} as long as none is chosen
	 */
	@Nullable String active();

	/**
	 * How far the flow is, such as {@code choose_method}, {@code sent_email},
	 * {@code passed_challenge}, {@code show_form} or {@code success}; newer versions have
	 * more. Login and registration flows have one since Kratos 1.1.
	 * @return the state
	 */
	@Nullable String state();

	/**
	 * The form to show.
	 * @return the form
	 */
	UiContainer ui();

	/**
	 * Data of the application's that goes to web hooks and templates; may be a secret.
	 * Since Kratos 1.2.
	 * @return the data, an object by name
	 */
	@Nullable JsonNode transientPayload();

	/**
	 * What this version of the client does not know.
	 * @return the JSON by name; may be secret
	 */
	Map<String, JsonNode> additionalProperties();

}
