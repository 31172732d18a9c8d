package io.github.kratosadmin.internal.feign;

import io.github.kratosadmin.interceptor.OperationResult;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Logs a line for each call at level DEBUG, without values of the call.
 */
final class CallLog {

	private static final Log logger = LogFactory.getLog("io.github.kratosadmin.KratosAdmin");

	private CallLog() {
	}

	static boolean isEnabled() {
		return logger.isDebugEnabled();
	}

	static void log(ObservedCall call, OperationResult result) {
		if (!isEnabled()) {
			return;
		}
		StringBuilder line = new StringBuilder(call.getOperation()).append(' ').append(result.outcome());
		if (result.status() != null) {
			line.append(' ').append(result.status());
		}
		line.append(" in ").append(result.duration().toMillis()).append(" ms");
		if (result.requestId() != null) {
			line.append(" [request ").append(result.requestId()).append(']');
		}
		logger.debug(line);
	}

}
