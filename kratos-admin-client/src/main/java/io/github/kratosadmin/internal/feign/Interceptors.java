package io.github.kratosadmin.internal.feign;

import java.util.List;

import io.github.kratosadmin.interceptor.KratosAdminInterceptor;
import io.github.kratosadmin.interceptor.OperationResult;
import io.github.kratosadmin.internal.redaction.Redaction;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Calls the interceptors of a client.
 */
final class Interceptors {

	private static final Log logger = LogFactory.getLog(KratosAdminInterceptor.class);

	private final List<KratosAdminInterceptor> interceptors;

	/**
	 * Set while an interceptor runs. To intercept the operations that it calls might
	 * never end.
	 */
	private final ThreadLocal<@Nullable Boolean> running = new ThreadLocal<>();

	Interceptors(List<KratosAdminInterceptor> interceptors) {
		this.interceptors = List.copyOf(interceptors);
	}

	/**
	 * Whether a call of this thread has no interceptors.
	 */
	boolean isEmpty() {
		return this.interceptors.isEmpty() || this.running.get() != null;
	}

	/**
	 * Calls the interceptors before an operation.
	 */
	void before(ObservedCall call) {
		if (isEmpty()) {
			return;
		}
		intercept(() -> {
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
		intercept(() -> {
			for (int i = call.interceptorsPassed() - 1; i >= 0; i--) {
				KratosAdminInterceptor interceptor = this.interceptors.get(i);
				try {
					interceptor.afterOperation(call, result);
				}
				catch (RuntimeException ex) {
					logger.warn(interceptor.getClass().getName() + " failed after " + call.getOperation()
							+ ". This does not affect the operation", Redaction.cause(ex));
				}
			}
		});
	}

	private void intercept(Runnable calls) {
		this.running.set(true);
		try {
			calls.run();
		}
		finally {
			this.running.remove();
		}
	}

}
