package io.github.kratosadmin.test.embedded.internal.http;

/**
 * A body that Go would not decode. The message is Go's where its own words are known.
 */
public final class MalformedBodyException extends Exception {

	public MalformedBodyException(String message) {
		super(message);
	}

	public String text() {
		return String.valueOf(getMessage());
	}

}
