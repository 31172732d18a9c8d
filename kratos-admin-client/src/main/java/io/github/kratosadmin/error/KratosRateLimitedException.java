package io.github.kratosadmin.error;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Too many requests (429): Ory Network, or a gateway in front of Kratos, limits the rate.
 */
public class KratosRateLimitedException extends KratosException {

	/**
	 * Creates the exception for a response with status 429.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the response
	 * @param error the error in the response
	 * @param retryAfter the requested delay, or {@code null} if there is none
	 */
	public KratosRateLimitedException(String operation, int status, KratosError error, @Nullable Duration retryAfter) {
		super(operation, status, error, retryAfter);
	}

}
