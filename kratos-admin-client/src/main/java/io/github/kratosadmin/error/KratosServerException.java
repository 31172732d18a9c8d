package io.github.kratosadmin.error;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Kratos, or what stands before it, failed (5xx). Whether a change was carried out is not
 * known.
 */
public class KratosServerException extends KratosException {

	/**
	 * An answer with status 5xx.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the answer
	 * @param error what Kratos says about it
	 */
	public KratosServerException(String operation, int status, KratosError error) {
		this(operation, status, error, null);
	}

	/**
	 * An answer with status 5xx that may say when to come back.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the answer
	 * @param error what Kratos says about it
	 * @param retryAfter how long to wait, or {@code null} if the answer does not say
	 */
	public KratosServerException(String operation, int status, KratosError error, @Nullable Duration retryAfter) {
		super(operation, status, error, retryAfter);
	}

}
