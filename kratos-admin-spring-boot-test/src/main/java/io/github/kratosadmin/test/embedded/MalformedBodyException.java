package io.github.kratosadmin.test.embedded;

/**
 * A body that Go would not decode. The message is Go's where its own words are known.
 */
final class MalformedBodyException extends Exception {

	MalformedBodyException(String message) {
		super(message);
	}

	String text() {
		return String.valueOf(getMessage());
	}

}
