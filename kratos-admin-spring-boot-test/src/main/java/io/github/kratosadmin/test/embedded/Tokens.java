package io.github.kratosadmin.test.embedded;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Random tokens in the shapes of Kratos.
 */
final class Tokens {

	private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

	private static final SecureRandom RANDOM = new SecureRandom();

	private Tokens() {
	}

	static String sessionOrLinkToken() {
		StringBuilder token = new StringBuilder();
		RANDOM.ints(32, 0, ALPHABET.length()).forEach((index) -> token.append(ALPHABET.charAt(index)));
		return token.toString();
	}

	static String csrfToken() {
		byte[] token = new byte[64];
		RANDOM.nextBytes(token);
		return Base64.getEncoder().encodeToString(token);
	}

}
