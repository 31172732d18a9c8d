package io.github.kratosadmin.connection;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a {@link BearerTokenProvider} that cannot get a token. The exception of the
 * call shows its message, unlike that of another exception, which may contain secrets.
 */
public class BearerTokenException extends RuntimeException {

	/**
	 * Creates the exception.
	 * @param message the reason, without secrets
	 * @param cause the cause, without secrets, as logs show it; {@code null} for none
	 */
	public BearerTokenException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
