package io.github.kratosadmin.test.embedded.internal.http;

/**
 * Thrown if Go would not decode a body. The message is that of Go where possible.
 */
public final class MalformedBodyException extends Exception {

	public MalformedBodyException(String message) {
		super(message);
	}

	public String text() {
		return String.valueOf(getMessage());
	}

}
