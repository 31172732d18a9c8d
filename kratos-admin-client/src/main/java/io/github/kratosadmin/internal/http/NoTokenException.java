package io.github.kratosadmin.internal.http;

/**
 * There is no bearer token to send. What its provider says is in the cause alone, as it
 * may have secrets that the client does not know.
 */
class NoTokenException extends IllegalStateException {

	NoTokenException(RuntimeException cause) {
		super("the bearer token provider failed with " + cause.getClass().getName(), cause);
	}

}
