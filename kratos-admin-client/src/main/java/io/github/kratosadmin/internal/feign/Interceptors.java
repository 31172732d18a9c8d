package io.github.kratosadmin.internal.feign;

import java.util.List;

import io.github.kratosadmin.interceptor.KratosAdminInterceptor;
import io.github.kratosadmin.interceptor.OperationResult;
import io.github.kratosadmin.internal.operation.CallerContext;
import io.github.kratosadmin.internal.redaction.Redaction;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Calls the interceptors of a client.
 */
final class Interceptors {

	private static final Log logger = LogFactory.getLog(KratosAdminInterceptor.class);

	private final List<KratosAdminInterceptor> interceptors;

	private final CallerContext callers;

	Interceptors(List<KratosAdminInterceptor> interceptors, CallerContext callers) {
		this.interceptors = List.copyOf(interceptors);
		this.callers = callers;
	}

	/**
	 * Whether a call of this thread has no interceptors. One that an interceptor makes
	 * has none, as this might never end.
	 */
	boolean isEmpty() {
		return this.interceptors.isEmpty() || this.callers.isIntercepting();
	}

	/**
	 * Calls the interceptors before an operation.
	 */
	void before(ObservedCall call) {
		if (isEmpty()) {
			return;
		}
		this.callers.intercept(() -> {
			for (KratosAdminInterceptor interceptor : this.interceptors) {
				interceptor.beforeOperation(call);
				call.passed();
			}
		});
	}

	/**
	 * Calls the interceptors that the operation has passed. If one of them fails, the
	 * call must not fail: it may have changed something.
	 */
	void after(ObservedCall call, OperationResult result) {
		if (call.interceptorsPassed() == 0) {
			return;
		}
		this.callers.intercept(() -> {
			for (int i = call.interceptorsPassed() - 1; i >= 0; i--) {
				KratosAdminInterceptor interceptor = this.interceptors.get(i);
				try {
					interceptor.afterOperation(call, result);
				}
				catch (Exception | LinkageError ex) {
					// Kotlin also throws checked exceptions here.
					logger.warn(interceptor.getClass().getName() + " failed after " + call.getOperation()
							+ ". This does not affect the operation", Redaction.cause(ex));
				}
			}
		});
	}

}
