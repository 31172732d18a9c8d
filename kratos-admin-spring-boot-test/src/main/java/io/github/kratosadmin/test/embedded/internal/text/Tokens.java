package io.github.kratosadmin.test.embedded.internal.text;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Creates random tokens in the formats of Kratos.
 */
public final class Tokens {

	private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

	private static final SecureRandom RANDOM = new SecureRandom();

	private Tokens() {
	}

	public static String sessionOrLinkToken() {
		return random(ALPHABET, 32);
	}

	public static String code() {
		return random("0123456789", 6);
	}

	/**
	 * A text in the format of the hash of a password. No password has this hash.
	 */
	public static String passwordHash() {
		return "$2a$04$" + random(ALPHABET, 53);
	}

	/**
	 * A secret in base 32, for an authenticator app.
	 */
	public static String totpSecret() {
		return random("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 32);
	}

	private static String random(String alphabet, int length) {
		StringBuilder token = new StringBuilder();
		RANDOM.ints(length, 0, alphabet.length()).forEach((index) -> token.append(alphabet.charAt(index)));
		return token.toString();
	}

	public static String csrfToken() {
		byte[] token = new byte[64];
		RANDOM.nextBytes(token);
		return Base64.getEncoder().encodeToString(token);
	}

}
