package io.github.kratosadmin.error;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The self-service flow has expired (410); a new one has to be started.
 */
public class KratosFlowExpiredException extends KratosException {

	/**
	 * An answer with status 410.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the answer
	 * @param error what Kratos says about it
	 */
	public KratosFlowExpiredException(String operation, int status, KratosError error) {
		super(operation, status, error);
	}

	/**
	 * Where to start a new flow: for a browser flow where to send the browser, for an API
	 * flow what to call.
	 * @return the URL, or {@code null} if Kratos names none
	 */
	public @Nullable String getNewFlowUrl() {
		JsonNode details = getError().details();
		if (details == null) {
			return null;
		}
		JsonNode url = details.path("redirect_to").isString() ? details.path("redirect_to") : details.path("api");
		return url.isString() ? url.stringValue() : null;
	}

}
