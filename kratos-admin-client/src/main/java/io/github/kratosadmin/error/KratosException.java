package io.github.kratosadmin.error;

import java.time.Duration;

import io.github.kratosadmin.internal.redaction.Redaction;
import org.jspecify.annotations.Nullable;

/**
 * A call to Kratos failed. Subclasses tell the kinds of failure apart; for an error
 * response, the HTTP status alone decides which one is thrown. This class itself stands
 * for any other status.
 * <p>
 * Messages and causes never show what the call has sent: secrets, and personal values of
 * at least four characters, are replaced by {@code ***}.
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
	 * Creates the exception for an error response that may say when to retry.
	 * @param operation the Kratos operation, such as {@code createIdentity}
	 * @param status the HTTP status of the response
	 * @param error the error in the response
	 * @param retryAfter how long to wait, or {@code null} if the response does not say
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
	 * Redacts what follows the operation, in one line: what Kratos says must not look
	 * like another line of a log.
	 */
	private static String redact(String operation, String message) {
		int start = message.startsWith(operation) ? operation.length() : 0;
		return message.substring(0, start) + Redaction.message(message.substring(start), MAX_MESSAGE_LENGTH)
			.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
	}

	/**
	 * The Kratos operation that failed.
	 * @return the operation's id, such as {@code createIdentity}
	 */
	public String getOperation() {
		return this.operation;
	}

	/**
	 * The HTTP status of the response.
	 * @return the status, or 0 if there was no response
	 */
	public int getStatus() {
		return this.status;
	}

	/**
	 * What Kratos says about the failure: its id, reason, message, details and the
	 * request's id.
	 * @return the error, whose texts may have personal data in them, unlike the message
	 * of this exception; if the response is not Kratos's it has nothing but a message
	 * that says so, and it is {@link KratosError#NONE} if there was no response or it
	 * could not be read
	 */
	public KratosError getError() {
		return this.error;
	}

	/**
	 * How long to wait before the next try, as a 429 or 503 may say: from the response's
	 * {@code Retry-After}, {@code RateLimit}, {@code RateLimit-Reset} or
	 * {@code X-RateLimit-Reset}.
	 * @return the time to wait, counted from the response, or {@code null} if it does not
	 * say
	 */
	public @Nullable Duration getRetryAfter() {
		return this.retryAfter;
	}

	/**
	 * Whether the request of the operation that was called may have reached Kratos. What
	 * the client asks for itself before, such as the version of the server, does not
	 * count: if that fails, the request was not sent.
	 * @return {@code false} if certainly nothing of the request was sent, so that nothing
	 * was done and the operation can be called again; {@code true} if it was sent, even
	 * in part: without a response a change may or may not have been carried out
	 */
	public boolean isRequestSent() {
		return this.requestSent;
	}

	/**
	 * Notes whether the request was sent. Called by the client, before it throws this
	 * exception.
	 * @param requestSent whether anything of the request was sent
	 */
	public final void setRequestSent(boolean requestSent) {
		this.requestSent = requestSent;
	}

	/**
	 * Whether it seems to be Kratos that tells of the failure, and not something in front
	 * of it, such as a proxy: the response has the form of Kratos's errors. Ory
	 * Oathkeeper sends the same form; of a 404 the text is looked at too.
	 * @return {@code false} also if there was no response
	 */
	public boolean isFromKratos() {
		return this.error.code() != 0;
	}

}
