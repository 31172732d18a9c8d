package io.github.kratosadmin.internal.http;

import io.github.kratosadmin.connection.BearerTokenException;
import io.github.kratosadmin.internal.operation.CallOverException;

/**
 * The provider of the bearer token failed. An unknown message is in the cause only, as it
 * may contain secrets that the client cannot redact.
 */
class NoTokenException extends IllegalStateException {

	NoTokenException(Exception cause) {
		super(message(cause), cause);
	}

	private static String message(Exception cause) {
		if (cause instanceof BearerTokenException || cause instanceof CallOverException) {
			return "there was no bearer token: " + cause.getMessage();
		}
		return "the bearer token provider failed with " + cause.getClass().getName();
	}

}
