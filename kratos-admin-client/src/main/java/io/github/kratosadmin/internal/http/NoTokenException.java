package io.github.kratosadmin.internal.http;

import io.github.kratosadmin.internal.operation.CallOverException;

/**
 * The provider of the bearer token failed. Its message is in the cause only, as it may
 * contain secrets that the client cannot redact.
 */
class NoTokenException extends IllegalStateException {

	NoTokenException(Exception cause) {
		super((cause instanceof CallOverException) ? "there was no bearer token, as " + cause.getMessage()
				: "the bearer token provider failed with " + cause.getClass().getName(), cause);
	}

}
