package io.github.kratosadmin.internal.feign;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.interceptor.OperationCall;
import io.github.kratosadmin.interceptor.OperationResult;
import io.github.kratosadmin.internal.http.AdminHeaders;
import io.github.kratosadmin.internal.http.PropagatedHeaders;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.internal.operation.Invocation;
import io.github.kratosadmin.internal.redaction.Redaction;
import io.github.kratosadmin.observation.KratosAdminObservationContext;
import io.github.kratosadmin.session.ManageSessions;
import org.jspecify.annotations.Nullable;

/**
 * A call that is observed, intercepted or logged, and its result.
 */
final class ObservedCall implements OperationCall {

	private static final int MAX_REQUEST_ID_LENGTH = 64;

	/** A gateway may put anything into the header, such as the request. */
	private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/+=-]*");

	private final KratosAdminObservationContext context;

	private final Invocation invocation;

	private final AdminHeaders adminHeaders;

	private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

	private int interceptorsPassed;

	private boolean started;

	private long start;

	private @Nullable String requestId;

	ObservedCall(KratosAdminObservationContext context, Invocation invocation, AdminHeaders adminHeaders) {
		this.context = context;
		this.invocation = invocation;
		this.adminHeaders = adminHeaders;
	}

	@Override
	public String getOperation() {
		return this.context.getOperation();
	}

	@Override
	public String getMethod() {
		return this.context.getMethod();
	}

	@Override
	public String getUriTemplate() {
		return this.context.getUriTemplate();
	}

	@Override
	public String getClientName() {
		return this.context.getClientName();
	}

	@Override
	public Map<String, Object> getArguments() {
		return this.invocation.arguments();
	}

	@Override
	public @Nullable Object getBody() {
		Object body = this.invocation.body();
		if (body instanceof ManageSessions) {
			// It cannot be changed, and its JSON has no confirmation.
			return body;
		}
		// The trees in it can be changed.
		return (body != null) ? KratosJson.mapper().convertValue(body, body.getClass()) : null;
	}

	@Override
	public void addHeader(String name, String value) {
		if (this.started) {
			throw new IllegalStateException("The header '" + name + "' must be added before the operation");
		}
		this.adminHeaders.checkAdditional(name, value);
		AdminHeaders.addSecrets(name, value);
		this.headers.put(name, value);
	}

	/**
	 * The headers of the trace and of the interceptors.
	 */
	Map<String, String> headers() {
		Map<String, String> all = new LinkedHashMap<>(PropagatedHeaders.of(this.context.getCarrier()));
		all.putAll(this.headers);
		return all;
	}

	/**
	 * Counts an interceptor that has not refused the call.
	 */
	void passed() {
		this.interceptorsPassed++;
	}

	int interceptorsPassed() {
		return this.interceptorsPassed;
	}

	/**
	 * Starts the call, which no interceptor has refused.
	 */
	void start() {
		this.started = true;
		this.start = System.nanoTime();
	}

	void responded(@Nullable String requestId) {
		this.requestId = requestId;
	}

	/**
	 * The result, once the call has ended.
	 * @param failure the failure of the call, {@code null} if there is none
	 */
	OperationResult result(@Nullable Throwable failure) {
		Duration duration = this.started ? Duration.ofNanos(System.nanoTime() - this.start) : Duration.ZERO;
		if (!this.started) {
			this.started = true;
			this.context.setRefused();
		}
		if (failure != null) {
			this.context.setError(failure);
		}
		String requestId = this.requestId;
		if (requestId == null && failure instanceof KratosException ex) {
			requestId = ex.getError().request();
		}
		return new OperationResult(Objects.requireNonNullElse(this.context.getOutcome(), "UNKNOWN"),
				this.context.getStatus(), (requestId != null && isPlain(requestId)) ? requestId : null, failure,
				duration);
	}

	private static boolean isPlain(String requestId) {
		return requestId.length() <= MAX_REQUEST_ID_LENGTH && REQUEST_ID.matcher(requestId).matches()
				&& Redaction.message(requestId, MAX_REQUEST_ID_LENGTH).equals(requestId);
	}

	/**
	 * The operation, without its arguments.
	 */
	@Override
	public String toString() {
		return getOperation();
	}

}
