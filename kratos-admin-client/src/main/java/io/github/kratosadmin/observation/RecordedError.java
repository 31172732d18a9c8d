package io.github.kratosadmin.observation;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosConflictException;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosFlowExpiredException;
import io.github.kratosadmin.error.KratosForbiddenException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosPoolExhaustedException;
import io.github.kratosadmin.error.KratosRateLimitedException;
import io.github.kratosadmin.error.KratosRedirectException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnauthorizedException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Copies an exception without its texts. Handlers write the message, the causes and the
 * suppressed exceptions of an error to spans, and the name of its class to metrics. So
 * the copy of a {@link KratosException} has the same class, and that of any other
 * exception is an instance of this class, which has only a name.
 */
final class RecordedError extends Exception {

	/** The ids of Kratos 26.2, from its file {@code text/message_error.go}. */
	private static final Set<String> IDS = Set.of("session_refresh_required", "self_service_flow_expired",
			"self_service_flow_disabled", "browser_location_change_required", "self_service_flow_replaced",
			"session_already_available", "session_verified_address_required", "session_aal_already_fulfilled",
			"session_aal1_required", "session_aal2_required", "session_inactive",
			"self_service_flow_return_to_forbidden", "security_identity_mismatch", "identity_disabled",
			"security_csrf_violation");

	private static final String OTHER_ID = "other";

	private static final String NOT_RECORDED = "the reason is not recorded";

	private final Class<?> type;

	private RecordedError(Throwable original) {
		this.type = original.getClass();
		setStackTrace(original.getStackTrace());
	}

	static Throwable of(Throwable original) {
		if (!(original instanceof KratosException failure)) {
			return new RecordedError(original);
		}
		KratosException copy = copy(failure);
		copy.setRequestSent(failure.isRequestSent());
		copy.setStackTrace(failure.getStackTrace());
		return copy;
	}

	/**
	 * The simple name of the class of the original exception.
	 */
	static String name(Throwable recorded) {
		Class<?> type = (recorded instanceof RecordedError other) ? other.type : recorded.getClass();
		return StringUtils.hasText(type.getSimpleName()) ? type.getSimpleName() : type.getName();
	}

	private static KratosException copy(KratosException original) {
		String operation = original.getOperation();
		int status = original.getStatus();
		if (original instanceof KratosUnavailableException) {
			RecordedError cause = new RecordedError((original.getCause() != null) ? original.getCause() : original);
			return (original instanceof KratosPoolExhaustedException)
					? new KratosPoolExhaustedException(operation, name(cause), cause)
					: new KratosUnavailableException(operation, name(cause), cause);
		}
		if (original instanceof KratosUnsupportedException unsupported) {
			return new KratosUnsupportedException(operation, "it", unsupported.getRequiredVersion(),
					unsupported.getServerVersion());
		}
		if (original instanceof KratosRedirectException) {
			return new KratosRedirectException(operation, status, NOT_RECORDED);
		}
		if (original instanceof KratosUnreadableResponseException) {
			return new KratosUnreadableResponseException(operation, status, NOT_RECORDED);
		}
		return copy(original, operation, status, error(original.getError().id()), original.getRetryAfter());
	}

	private static KratosException copy(KratosException original, String operation, int status, KratosError error,
			@Nullable Duration retryAfter) {
		if (original instanceof KratosBadRequestException) {
			return new KratosBadRequestException(operation, status, error);
		}
		if (original instanceof KratosUnauthorizedException) {
			return new KratosUnauthorizedException(operation, status, error);
		}
		if (original instanceof KratosForbiddenException) {
			return new KratosForbiddenException(operation, status, error);
		}
		if (original instanceof KratosNotFoundException) {
			return new KratosNotFoundException(operation, status, error);
		}
		if (original instanceof KratosConflictException) {
			return new KratosConflictException(operation, status, error);
		}
		if (original instanceof KratosFlowExpiredException) {
			return new KratosFlowExpiredException(operation, status, error);
		}
		if (original instanceof KratosRateLimitedException) {
			return new KratosRateLimitedException(operation, status, error, retryAfter);
		}
		if (original instanceof KratosServerException) {
			return new KratosServerException(operation, status, error, retryAfter);
		}
		return new KratosException(operation, status, error, retryAfter);
	}

	private static KratosError error(@Nullable String id) {
		String known = (id == null || IDS.contains(id)) ? id : OTHER_ID;
		return new KratosError(known, 0, null, null, null, null, null, null, Map.of());
	}

	/**
	 * The class of the original exception.
	 */
	@Override
	public String toString() {
		return this.type.getName();
	}

}
