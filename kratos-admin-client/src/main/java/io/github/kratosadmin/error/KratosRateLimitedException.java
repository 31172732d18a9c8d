package io.github.kratosadmin.error;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Too many requests (429), as Ory Network or a gateway in front of Kratos answers.
 */
public class KratosRateLimitedException extends KratosException {

	/**
	 * An answer with status 429.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the answer
	 * @param error what Kratos says about it
	 * @param retryAfter how long to wait, or {@code null} if the answer does not say
	 */
	public KratosRateLimitedException(String operation, int status, KratosError error, @Nullable Duration retryAfter) {
		super(operation, status, error, retryAfter);
	}

}
