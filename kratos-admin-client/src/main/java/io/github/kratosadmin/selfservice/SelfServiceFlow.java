package io.github.kratosadmin.selfservice;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

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

}
