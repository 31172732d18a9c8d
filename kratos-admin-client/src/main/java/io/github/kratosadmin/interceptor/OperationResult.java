package io.github.kratosadmin.interceptor;

import java.time.Duration;

import io.github.kratosadmin.observation.KratosAdminObservationContext;
import org.jspecify.annotations.Nullable;

/**
 * The result of an operation, as a {@link KratosAdminInterceptor} sees it.
 *
 * @param outcome the outcome, such as {@code SUCCESS}:
 * {@link KratosAdminObservationContext#getOutcome()} lists them
 * @param status the HTTP status, or {@code null} if there is no response
 * @param requestId the request id of the response or of Kratos's error; {@code null} if
 * there is none, or if it does not look like an id, because a gateway may send anything
 * @param exception the exception that the caller of the operation gets, or {@code null}
 * if there is none; its message may have texts of Kratos
 * @param duration the duration of the operation without its interceptors, zero if an
 * interceptor has refused it
 */
public record OperationResult(String outcome, @Nullable Integer status, @Nullable String requestId,
		@Nullable Throwable exception, Duration duration) {

	/**
	 * Returns this result with the class of the exception, without its message.
	 */
	@Override
	public String toString() {
		return "OperationResult[outcome=" + this.outcome + ", status=" + this.status + ", requestId=" + this.requestId
				+ ", exception=" + ((this.exception != null) ? this.exception.getClass().getName() : null)
				+ ", duration=" + this.duration + "]";
	}

}
