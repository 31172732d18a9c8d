package io.github.kratosadmin.samples.docs;

import io.github.kratosadmin.interceptor.KratosAdminInterceptor;
import io.github.kratosadmin.interceptor.OperationCall;
import io.github.kratosadmin.interceptor.OperationResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

@Component
class AuditLog implements KratosAdminInterceptor {

	private static final Logger logger = LoggerFactory.getLogger(AuditLog.class);

	@Override
	public void afterOperation(OperationCall call, OperationResult result) {
		if (call.getMethod().equals("GET")) {
			return;
		}
		// Not the other arguments or the body: they may be personal or secret.
		logger.atInfo()
			.addKeyValue("operation", call.getOperation())
			.addKeyValue("id", call.getArguments().get("id"))
			.addKeyValue("outcome", result.outcome())
			.addKeyValue("requestId", result.requestId())
			.addKeyValue("durationMs", result.duration().toMillis())
			.log("Kratos was called");
	}

}
