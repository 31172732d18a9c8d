package io.github.kratosadmin.test.embedded.internal.courier;

import io.github.kratosadmin.test.embedded.KratosEra;

/**
 * The text of a message. {@link #toString()} leaves it out, as it can contain a code.
 *
 * @param subject the subject
 * @param body the body
 */
public record MessageText(String subject, String body) {

	static MessageText verification(String code, String link, KratosEra era) {
		if (CourierRules.namesCodesInSubjects(era)) {
			return new MessageText("Use code " + code + " to verify your account", """
					Verify your account with the following code:

					%s

					or clicking the following link:

					%s

					If this was not you, do nothing. This code / link expires in 60 minutes.
					""".formatted(code, link));
		}
		return new MessageText("Please verify your email address", """
				Hi,

				please verify your account by entering the following code:

				%s

				or clicking the following link:

				%s
				""".formatted(code, link));
	}

	static MessageText recovery(String code, KratosEra era) {
		if (CourierRules.namesCodesInSubjects(era)) {
			return new MessageText("Use code " + code + " to recover access to your account", """
					Recover access to your account by entering the following code:

					%s

					If this was not you, do nothing. This code expires in 60 minutes.
					""".formatted(code));
		}
		return new MessageText("Recover access to your account", """
				Hi,

				please recover access to your account by entering the following code:

				%s
				""".formatted(code));
	}

	@Override
	public String toString() {
		return "MessageText[]";
	}

}
