package io.github.kratosadmin.internal.feign;

import java.time.Duration;
import java.util.regex.Pattern;

import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.internal.operation.ActiveCalls;
import io.github.kratosadmin.internal.operation.Call;
import io.github.kratosadmin.internal.redaction.Redaction;
import io.github.kratosadmin.observation.KratosAdminObservationContext;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Logs a line for each call at level DEBUG, without values of the call.
 */
final class CallLog {

	private static final Log logger = LogFactory.getLog("io.github.kratosadmin.KratosAdmin");

	private static final int MAX_REQUEST_ID_LENGTH = 64;

	/** A gateway may put anything into the header, such as the request. */
	private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/+=-]*");

	private CallLog() {
	}

	static boolean isEnabled() {
		return logger.isDebugEnabled();
	}

	/**
	 * Runs the action of a call, and logs it.
	 * @param context the context of the call, whose status or error is set
	 */
	static @Nullable Object log(KratosAdminObservationContext context, Call call, ActiveCalls.CallAction action)
			throws Throwable {
		long start = System.nanoTime();
		String requestId = null;
		try {
			return action.run(call);
		}
		catch (Throwable ex) {
			context.setError(ex);
			requestId = (ex instanceof KratosException failure) ? failure.getError().request() : null;
			throw ex;
		}
		finally {
			logger.debug(line(context, Duration.ofNanos(System.nanoTime() - start),
					(call.requestId() != null) ? call.requestId() : requestId));
		}
	}

	private static String line(KratosAdminObservationContext context, Duration duration, @Nullable String requestId) {
		StringBuilder line = new StringBuilder(context.getOperation()).append(' ').append(context.getOutcome());
		if (context.getStatus() != null) {
			line.append(' ').append(context.getStatus());
		}
		line.append(" in ").append(duration.toMillis()).append(" ms");
		if (requestId != null && isPlain(requestId)) {
			line.append(" [request ").append(requestId).append(']');
		}
		return line.toString();
	}

	private static boolean isPlain(String requestId) {
		return requestId.length() <= MAX_REQUEST_ID_LENGTH && REQUEST_ID.matcher(requestId).matches()
				&& Redaction.message(requestId, MAX_REQUEST_ID_LENGTH).equals(requestId);
	}

}
