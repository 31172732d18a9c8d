package io.github.kratosadmin.observation;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

/**
 * The context of an observed call. It has no arguments, addresses or texts of a response,
 * so handlers cannot show them. Its carrier has the headers that tracing adds to each
 * request to the admin API.
 */
public final class KratosAdminObservationContext extends SenderContext<Map<String, String>> {

	private final String clientName;

	private final String operation;

	private final String method;

	private final String uriTemplate;

	private int status;

	private boolean refused;

	/**
	 * Creates the context of a call.
	 * @param clientName the name of the client
	 * @param operation the Kratos operation, such as {@code getIdentity}
	 * @param method the HTTP method
	 * @param uriTemplate the path without the prefix, such as
	 * <code>/identities/{id}</code>
	 */
	public KratosAdminObservationContext(String clientName, String operation, String method, String uriTemplate) {
		super(KratosAdminObservationContext::setHeader, Kind.CLIENT);
		setRemoteServiceName("kratos");
		this.clientName = clientName;
		this.operation = operation;
		this.method = method;
		this.uriTemplate = uriTemplate;
	}

	private static void setHeader(@Nullable Map<String, String> headers, String name, String value) {
		if (headers != null) {
			headers.put(name, value);
		}
	}

	/**
	 * Returns the headers that tracing adds to each request to the admin API.
	 * @return the headers, which may be changed
	 */
	@Override
	public Map<String, String> getCarrier() {
		Map<String, String> headers = super.getCarrier();
		if (headers == null) {
			// Not earlier, as a call that is not observed needs none.
			headers = new LinkedHashMap<>();
			setCarrier(headers);
		}
		return headers;
	}

	/**
	 * Returns the name of the client.
	 * @return the name
	 */
	public String getClientName() {
		return this.clientName;
	}

	/**
	 * Returns the Kratos operation.
	 * @return the id of the operation, such as {@code getIdentity}
	 */
	public String getOperation() {
		return this.operation;
	}

	/**
	 * Returns the HTTP method of the operation.
	 * @return the method, such as {@code GET}
	 */
	public String getMethod() {
		return this.method;
	}

	/**
	 * Returns the path of the operation.
	 * @return the path without the prefix, such as <code>/identities/{id}</code>
	 */
	public String getUriTemplate() {
		return this.uriTemplate;
	}

	/**
	 * Returns the HTTP status of the response.
	 * @return the status, or {@code null} if there is no response, or none yet
	 */
	public @Nullable Integer getStatus() {
		if (this.refused) {
			return null;
		}
		int status = (getError() instanceof KratosException failure) ? failure.getStatus() : this.status;
		return (status != 0) ? status : null;
	}

	/**
	 * Sets the HTTP status of the response to a call without an exception.
	 * @param status the status
	 */
	public void setStatus(int status) {
		this.status = status;
	}

	/**
	 * Marks the call as refused by an interceptor: nothing was sent.
	 */
	public void setRefused() {
		this.refused = true;
	}

	/**
	 * Sets the exception of a failed call. The context keeps a copy of its class, status,
	 * error id and stack trace. The copy has a fixed message and no causes, because
	 * handlers show both, and the original may have personal values.
	 * @param error the exception
	 */
	@Override
	public void setError(Throwable error) {
		super.setError(RecordedError.of(error));
	}

	/**
	 * Returns the class of the exception.
	 * @return the simple name of the class, or {@code null} if there is no exception
	 */
	public @Nullable String getException() {
		Throwable error = getError();
		return (error != null) ? RecordedError.name(error) : null;
	}

	/**
	 * Returns the id of Kratos's error.
	 * @return the id, {@code other} for an unknown one, or {@code null} if there is none
	 */
	public @Nullable String getErrorId() {
		return (getError() instanceof KratosException failure) ? failure.getError().id() : null;
	}

	/**
	 * Returns the outcome of the call:
	 * <ul>
	 * <li>{@code SUCCESS}: a status of 2xx</li>
	 * <li>{@code REDIRECTION}, {@code CLIENT_ERROR}, {@code SERVER_ERROR}: a status of
	 * 3xx, 4xx or 5xx; {@code CLIENT_ERROR} also for a status 200 of an old Kratos that
	 * does not find an item</li>
	 * <li>{@code UNREADABLE}: a status of 2xx, but the client rejects the response</li>
	 * <li>{@code UNAVAILABLE}: no response</li>
	 * <li>{@code REFUSED}: the request was not sent, because an interceptor has refused
	 * the call, or the server is too old for it</li>
	 * <li>{@code UNKNOWN}: another exception</li>
	 * </ul>
	 * @return the outcome, or {@code null} before there is one
	 */
	public @Nullable String getOutcome() {
		if (this.refused) {
			return "REFUSED";
		}
		Throwable error = getError();
		if (error != null && !(error instanceof KratosException)) {
			return "UNKNOWN";
		}
		Integer status = getStatus();
		if (status != null) {
			return outcome(status, error);
		}
		if (error != null) {
			return (error instanceof KratosUnavailableException) ? "UNAVAILABLE" : "REFUSED";
		}
		return null;
	}

	private static String outcome(int status, @Nullable Throwable error) {
		if (status >= 500) {
			return "SERVER_ERROR";
		}
		if (status >= 400 || error instanceof KratosNotFoundException) {
			return "CLIENT_ERROR";
		}
		if (status >= 300) {
			return "REDIRECTION";
		}
		return (error != null) ? "UNREADABLE" : "SUCCESS";
	}

}
