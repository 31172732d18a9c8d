package io.github.kratosadmin.test.embedded.internal.http;

/**
 * A body that Go would not decode. Where possible the message is the one of Go.
 */
public final class MalformedBodyException extends Exception {

	public MalformedBodyException(String message) {
		super(message);
	}

	public String text() {
		return String.valueOf(getMessage());
	}

}
