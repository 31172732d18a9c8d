package io.github.kratosadmin.error;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The self-service flow has expired (410). Start a new one.
 */
public class KratosFlowExpiredException extends KratosException {

	/**
	 * Creates the exception for a response with status 410.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the response
	 * @param error the error in the response
	 */
	public KratosFlowExpiredException(String operation, int status, KratosError error) {
		super(operation, status, error);
	}

	/**
	 * Returns the URL to start a new flow at: the target of a redirect for a browser
	 * flow, the endpoint to call for an API flow.
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
