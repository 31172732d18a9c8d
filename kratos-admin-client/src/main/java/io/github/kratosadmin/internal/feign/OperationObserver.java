package io.github.kratosadmin.internal.feign;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.kratosadmin.interceptor.KratosAdminInterceptor;
import io.github.kratosadmin.interceptor.OperationResult;
import io.github.kratosadmin.internal.http.AdminHeaders;
import io.github.kratosadmin.internal.operation.Action;
import io.github.kratosadmin.internal.operation.ActiveCalls;
import io.github.kratosadmin.internal.operation.Invocation;
import io.github.kratosadmin.internal.operation.Operation;
import io.github.kratosadmin.observation.DefaultKratosAdminObservationConvention;
import io.github.kratosadmin.observation.KratosAdminObservationContext;
import io.github.kratosadmin.observation.KratosAdminObservationConvention;
import io.github.kratosadmin.observation.KratosAdminObservationDocumentation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Observes, intercepts and logs the calls of a client. An operation within a call, such
 * as the lookup of the server version, is part of the call.
 */
public final class OperationObserver {

	private static final Log logger = LogFactory.getLog(OperationObserver.class);

	private static final KratosAdminObservationConvention DEFAULT_CONVENTION = new DefaultKratosAdminObservationConvention();

	private final String clientName;

	private final ObservationRegistry registry;

	private final @Nullable KratosAdminObservationConvention convention;

	private final Interceptors interceptors;

	private final AdminHeaders headers;

	private final AtomicBoolean failed = new AtomicBoolean();

	/**
	 * Creates an observer.
	 * @param clientName the name of the client
	 * @param registry the registry of the observations
	 * @param convention the convention, or {@code null} for that of the registry or the
	 * default one
	 * @param interceptors the interceptors in their order
	 * @param headers the headers that interceptors must not replace, and the context of
	 * the calling threads
	 */
	public OperationObserver(String clientName, ObservationRegistry registry,
			@Nullable KratosAdminObservationConvention convention, List<KratosAdminInterceptor> interceptors,
			AdminHeaders headers) {
		this.clientName = clientName;
		this.registry = registry;
		this.convention = convention;
		this.interceptors = new Interceptors(interceptors, headers.context());
		this.headers = headers;
	}

	/**
	 * Runs a call, and observes, intercepts and logs it.
	 * @param calls the active calls
	 * @param invocation the operation and its arguments
	 * @param action sends the requests of the call
	 * @return the result of the action
	 * @throws Throwable the failure of the action, or of a handler or an interceptor
	 * before it
	 */
	public @Nullable Object run(ActiveCalls calls, Invocation invocation, ActiveCalls.CallAction action)
			throws Throwable {
		boolean reported = CallLog.isEnabled() || !this.interceptors.isEmpty();
		if ((this.registry.isNoop() && !reported) || calls.current() != null) {
			return calls.run(invocation, action);
		}
		Operation operation = invocation.operation();
		KratosAdminObservationContext context = new KratosAdminObservationContext(this.clientName, operation.name(),
				operation.httpMethod(), operation.uriTemplate());
		if (this.registry.getCurrentObservation() == null) {
			context.setParentObservation(this.headers.context().parentObservation());
		}
		Observation observation = KratosAdminObservationDocumentation.KRATOS_ADMIN_REQUESTS.start(this.convention,
				DEFAULT_CONVENTION, () -> context, this.registry);
		if (observation.isNoop() && !reported) {
			return calls.run(invocation, action);
		}
		ObservedCall observed = new ObservedCall(context, invocation, this.headers);
		Action request = () -> calls.run(invocation, (call) -> {
			call.setListener((event) -> quietly(() -> observation.event(event)));
			call.setHeaders(observed.headers());
			try {
				Object result = action.run(call);
				context.setStatus(call.status());
				return result;
			}
			finally {
				observed.responded(call.requestId());
			}
		});
		Action call = reported ? () -> report(observed, request) : request;
		return observation.isNoop() ? call.run() : observe(observation, call);
	}

	/**
	 * Reports a call to the interceptors and the log.
	 */
	private @Nullable Object report(ObservedCall call, Action request) throws Throwable {
		Throwable failure = null;
		try {
			this.interceptors.before(call);
			call.start();
			return request.run();
		}
		catch (Throwable ex) {
			failure = ex;
			throw ex;
		}
		finally {
			OperationResult result = call.result(failure);
			this.interceptors.after(call, result);
			CallLog.log(call, result);
		}
	}

	private @Nullable Object observe(Observation observation, Action call) throws Throwable {
		Observation.Scope outer = this.registry.getCurrentObservationScope();
		try {
			Observation.Scope scope = observation.openScope();
			try {
				return call.run();
			}
			finally {
				quietly(scope::close);
			}
		}
		catch (Throwable ex) {
			quietly(() -> observation.error(ex));
			throw ex;
		}
		finally {
			// A handler that fails leaves the scope open.
			if (this.registry.getCurrentObservationScope() != outer) {
				this.registry.setCurrentObservationScope(outer);
			}
			quietly(observation::stop);
		}
	}

	/**
	 * Notifies the handlers after the start of a call. If one of them fails, the call
	 * must not fail: it may have changed something.
	 */
	private void quietly(Runnable notification) {
		try {
			notification.run();
		}
		catch (Exception | LinkageError ex) {
			if (this.failed.compareAndSet(false, true)) {
				logger.warn("An observation handler failed. This does not affect the result of the call. "
						+ "Further failures are not logged", ex);
			}
		}
	}

}
