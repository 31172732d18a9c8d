package io.github.kratosadmin.internal.http;

/**
 * The provider of the bearer token failed. Its message is in the cause only, as it may
 * contain secrets that the client cannot redact.
 */
class NoTokenException extends IllegalStateException {

	NoTokenException(RuntimeException cause) {
		super("the bearer token provider failed with " + cause.getClass().getName(), cause);
	}

}
