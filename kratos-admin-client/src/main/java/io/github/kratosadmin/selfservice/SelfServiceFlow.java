package io.github.kratosadmin.selfservice;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A self-service flow, with the fields that all types of flows have. A field is
 * {@code null} if the response does not have it.
 */
public sealed interface SelfServiceFlow
		permits LoginFlow, RegistrationFlow, RecoveryFlow, SettingsFlow, VerificationFlow {

	/**
	 * Returns the id of the flow.
	 * @return the id, a UUID
	 */
	String id();

	/**
	 * Returns the type of the client that the flow is for.
	 * @return the type
	 */
	@Nullable FlowType type();

	/**
	 * Returns the time when the flow expires.
	 * @return the time
	 */
	@Nullable Instant expiresAt();

	/**
	 * Returns the time when the flow began.
	 * @return the time
	 */
	@Nullable Instant issuedAt();

	/**
	 * Returns the URL that started the flow, a secret.
	 * @return the URL
	 */
	@Nullable String requestUrl();

	/**
	 * Returns the URL to go to after the flow (since Kratos 0.8).
	 * @return the URL, or {@code null} for the default of Kratos
	 */
	@Nullable String returnTo();

	/**
	 * Returns the selected method, such as {@code password} or {@code link}.
	 * @return the method, or {@code null} if none is selected
	 */
	@Nullable String active();

	/**
	 * Returns the state of the flow, such as {@code choose_method}, {@code sent_email},
	 * {@code passed_challenge}, {@code show_form} or {@code success}; newer versions of
	 * Kratos have others. Login and registration flows have a state since Kratos 1.1.
	 * @return the state
	 */
	@Nullable String state();

	/**
	 * Returns the form to show.
	 * @return the form
	 */
	UiContainer ui();

	/**
	 * Returns data of the application for web hooks and templates, possibly a secret
	 * (since Kratos 1.2).
	 * @return the data, a JSON object
	 */
	@Nullable JsonNode transientPayload();

	/**
	 * Returns the fields that this version of the client does not know, possibly secret.
	 * @return the fields by name
	 */
	Map<String, JsonNode> additionalProperties();

}
