package io.github.kratosadmin.test.embedded;

import tools.jackson.databind.node.ObjectNode;

/**
 * A label or message of a form.
 *
 * @param id the id
 * @param text the text
 * @param type {@code info} or {@code error}
 * @param withContext whether there is a context, which is always empty here
 */
record UiText(int id, String text, String type, boolean withContext) {

	static final UiText PASSWORD = label(1070001, "Password");

	static final UiText SAVE = label(1070003, "Save");

	static final UiText ID = label(1070004, "ID");

	static final UiText SUBMIT = label(1070005, "Submit");

	static final UiText SIGN_IN = new UiText(1010001, "Sign in", "info", true);

	static final UiText SIGN_UP = new UiText(1040001, "Sign up", "info", true);

	static final UiText RECOVERY_EMAIL_SENT = new UiText(1060002,
			"An email containing a recovery link has been sent to the email address you provided.", "info", true);

	static final UiText INVALID_CREDENTIALS = new UiText(4000006,
			"The provided credentials are invalid, check for spelling mistakes in your password or username, "
					+ "email address, or phone number.",
			"error", true);

	static UiText title(String title) {
		return label(1070002, title);
	}

	private static UiText label(int id, String text) {
		return new UiText(id, text, "info", false);
	}

	ObjectNode toJson() {
		ObjectNode json = Json.object();
		json.put("id", this.id);
		json.put("text", this.text);
		json.put("type", this.type);
		if (this.withContext) {
			json.putObject("context");
		}
		return json;
	}

}
