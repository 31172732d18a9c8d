package io.github.kratosadmin.error;

import java.time.Duration;

import io.github.kratosadmin.internal.redaction.Redaction;
import org.jspecify.annotations.Nullable;

/**
 * A call to Kratos failed. Each subclass is a kind of failure. For an error response, the
 * HTTP status alone determines the subclass; this class itself is thrown for any other
 * status.
 * <p>
 * In messages and causes, secrets that the call sent, and personal values of at least
 * four characters, are replaced by {@code ***}.
 */
public class KratosException extends RuntimeException {

	private static final int MAX_MESSAGE_LENGTH = 4096;

	private final String operation;

	private final int status;

	private final KratosError error;

	private final @Nullable Duration retryAfter;

	/** Set by subclasses that are thrown before anything is sent. */
	boolean requestSent = true;

	/**
	 * Creates the exception for an error response.
	 * @param operation the Kratos operation, such as {@code createIdentity}
	 * @param status the HTTP status of the response
	 * @param error the error in the response
	 */
	public KratosException(String operation, int status, KratosError error) {
		this(operation, status, error, null);
	}

	/**
	 * Creates the exception for an error response that may request a delay before a
	 * retry.
	 * @param operation the Kratos operation, such as {@code createIdentity}
	 * @param status the HTTP status of the response
	 * @param error the error in the response
	 * @param retryAfter the requested delay, or {@code null} if there is none
	 */
	public KratosException(String operation, int status, KratosError error, @Nullable Duration retryAfter) {
		this(operation, status, error, message(operation, status, error), null, retryAfter);
	}

	KratosException(String operation, int status, KratosError error, String message, @Nullable Throwable cause) {
		this(operation, status, error, message, cause, null);
	}

	private KratosException(String operation, int status, KratosError error, String message, @Nullable Throwable cause,
			@Nullable Duration retryAfter) {
		super(redact(operation, message), Redaction.cause(cause));
		this.operation = operation;
		this.status = status;
		this.error = error;
		this.retryAfter = retryAfter;
	}

	private static String message(String operation, int status, KratosError error) {
		StringBuilder message = new StringBuilder(operation).append(" failed with status ").append(status);
		if (error.id() != null) {
			message.append(" (").append(error.id()).append(")");
		}
		if (error.message() != null) {
			message.append(": ").append(error.message());
		}
		if (error.reason() != null) {
			message.append(": ").append(error.reason());
		}
		if (error.request() != null) {
			message.append(" [request ").append(error.request()).append("]");
		}
		return message.toString();
	}

	/**
	 * Redacts the message after the operation, and puts it on one line, so that a text of
	 * Kratos cannot look like another line of a log.
	 */
	private static String redact(String operation, String message) {
		int start = message.startsWith(operation) ? operation.length() : 0;
		return message.substring(0, start) + Redaction.message(message.substring(start), MAX_MESSAGE_LENGTH)
			.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
	}

	/**
	 * Returns the Kratos operation that failed.
	 * @return the id of the operation, such as {@code createIdentity}
	 */
	public String getOperation() {
		return this.operation;
	}

	/**
	 * Returns the HTTP status of the response.
	 * @return the status, or 0 if there was no response
	 */
	public int getStatus() {
		return this.status;
	}

	/**
	 * Returns the error as Kratos describes it. Unlike the message of this exception, its
	 * texts may contain personal data.
	 * @return the error; {@link KratosError#NONE} if there was no response, or it cannot
	 * be read. For an error response that is not from Kratos, the error only has a
	 * message that says so
	 */
	public KratosError getError() {
		return this.error;
	}

	/**
	 * Returns the delay before a retry that the response requests, with
	 * {@code Retry-After}, {@code RateLimit}, {@code RateLimit-Reset} or
	 * {@code X-RateLimit-Reset}. The headers are read for 429, 5xx and the statuses
	 * without an exception of their own.
	 * @return the delay after the response, or {@code null} if none is requested
	 */
	public @Nullable Duration getRetryAfter() {
		return this.retryAfter;
	}

	/**
	 * Returns whether the request of the operation may have reached Kratos. Requests that
	 * the client sends before, such as that for the version of the server, do not count:
	 * if they fail, the request was not sent.
	 * @return {@code false} if the request was certainly not sent, or only redirected:
	 * nothing has changed, and you may make the call again. {@code true} if at least a
	 * part was sent: without a response, a change may or may not have been carried out
	 */
	public boolean isRequestSent() {
		return this.requestSent;
	}

	/**
	 * Sets whether the request was sent. Called by the client before it throws this
	 * exception.
	 * @param requestSent whether at least a part of the request was sent
	 */
	public final void setRequestSent(boolean requestSent) {
		this.requestSent = requestSent;
	}

	/**
	 * Returns whether the error seems to come from Kratos, and not from a proxy in front
	 * of it: the response has the format of Kratos's errors. Ory Oathkeeper uses the same
	 * format. For a 404, the text is checked too.
	 * @return whether the error seems to come from Kratos, {@code false} if there was no
	 * response
	 */
	public boolean isFromKratos() {
		return this.error.code() != 0;
	}

}
