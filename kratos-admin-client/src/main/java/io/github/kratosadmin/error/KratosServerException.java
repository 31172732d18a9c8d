package io.github.kratosadmin.error;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Kratos, or a proxy in front of it, failed (5xx). A change may or may not have been
 * carried out.
 */
public class KratosServerException extends KratosException {

	/**
	 * Creates the exception for a response with status 5xx.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the response
	 * @param error the error in the response
	 */
	public KratosServerException(String operation, int status, KratosError error) {
		this(operation, status, error, null);
	}

	/**
	 * Creates the exception for a response with status 5xx that may request a delay
	 * before a retry.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the response
	 * @param error the error in the response
	 * @param retryAfter the requested delay, or {@code null} if there is none
	 */
	public KratosServerException(String operation, int status, KratosError error, @Nullable Duration retryAfter) {
		super(operation, status, error, retryAfter);
	}

}
