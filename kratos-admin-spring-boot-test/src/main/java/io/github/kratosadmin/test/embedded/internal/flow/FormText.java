package io.github.kratosadmin.test.embedded.internal.flow;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A label or message of a form.
 *
 * @param id the id
 * @param text the text
 * @param type {@code info} or {@code error}
 * @param context the context, or null; only some eras write an empty one
 */
record FormText(int id, String text, String type, @Nullable ObjectNode context) {

	static final FormText PASSWORD = label(1070001, "Password");

	static final FormText SAVE = label(1070003, "Save");

	static final FormText ID = label(1070004, "ID");

	static final FormText SUBMIT = label(1070005, "Submit");

	static final FormText VERIFY_CODE = label(1070006, "Verify code");

	static final FormText EMAIL = label(1070007, "Email");

	static final FormText RESEND_CODE = label(1070008, "Resend code");

	static final FormText CONTINUE = label(1070009, "Continue");

	static final FormText RECOVERY_CODE = label(1070010, "Recovery code");

	static final FormText AUTHENTICATOR_QR_CODE = label(1050005, "Authenticator app QR code");

	static final FormText GENERATE_LOOKUP_SECRETS = label(1050008, "Generate new backup recovery codes");

	static final FormText AUTHENTICATOR_SECRET = label(1050017,
			"This is your authenticator app secret. Use it if you can not scan the QR code.");

	static final FormText SIGN_IN = withEmptyContext(1010001, "Sign in", "info");

	static final FormText SIGN_IN_WITH_PASSWORD = label(1010022, "Sign in with password");

	static final FormText SIGN_UP = withEmptyContext(1040001, "Sign up", "info");

	static final FormText RECOVERY_LINK_SENT = withEmptyContext(1060002,
			"An email containing a recovery link has been sent to the email address you provided.", "info");

	static final FormText RECOVERY_CODE_SENT = withEmptyContext(1060003,
			"An email containing a recovery code has been sent to the email address you provided. If you have not "
					+ "received an email, check the spelling of the address and make sure to use the address you "
					+ "registered with.",
			"info");

	static final FormText INVALID_CREDENTIALS = withEmptyContext(4000006,
			"The provided credentials are invalid, check for spelling mistakes in your password or username, "
					+ "email address, or phone number.",
			"error");

	/**
	 * The label of the button of a provider.
	 */
	static FormText signInWith(String provider) {
		return new FormText(1010002, "Sign in with " + provider, "info",
				Json.object().put("provider", provider).put("provider_id", provider));
	}

	/**
	 * The label of an input for a trait.
	 * @param name the name of the input
	 * @param title the title of the trait
	 */
	static FormText trait(KratosEra era, String name, String title) {
		ObjectNode context = Json.object();
		if (FormRules.contextOfTraitLabels(era).contains("name")) {
			context.put("name", name);
		}
		if (FormRules.contextOfTraitLabels(era).contains("title")) {
			context.put("title", title);
		}
		return new FormText(1070002, title, "info", context.isEmpty() ? null : context);
	}

	/**
	 * The secret of an authenticator app.
	 */
	static FormText authenticatorSecret(String secret) {
		return new FormText(1050006, secret, "info", Json.object().put("secret", secret));
	}

	private static FormText label(int id, String text) {
		return new FormText(id, text, "info", null);
	}

	private static FormText withEmptyContext(int id, String text, String type) {
		return new FormText(id, text, type, Json.object());
	}

	ObjectNode toJson(KratosEra era) {
		ObjectNode json = Json.object();
		json.put("id", this.id);
		json.put("text", this.text);
		json.put("type", this.type);
		if (this.context != null && (!this.context.isEmpty() || FormRules.writesEmptyContexts(era))) {
			json.set("context", this.context);
		}
		return json;
	}

}
