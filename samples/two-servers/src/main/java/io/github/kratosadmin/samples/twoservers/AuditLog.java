package io.github.kratosadmin.samples.twoservers;

import io.github.kratosadmin.interceptor.KratosAdminInterceptor;
import io.github.kratosadmin.interceptor.OperationCall;
import io.github.kratosadmin.interceptor.OperationResult;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.stereotype.Component;

/**
 * Logs the changes on both servers, as it has no qualifier.
 */
@Component
class AuditLog implements KratosAdminInterceptor {

	private static final Log logger = LogFactory.getLog(AuditLog.class);

	@Override
	public void afterOperation(OperationCall call, OperationResult result) {
		if (!call.getMethod().equals("GET")) {
			logger.info(call.getClientName() + " " + call.getOperation() + " " + result.outcome());
		}
	}

}
