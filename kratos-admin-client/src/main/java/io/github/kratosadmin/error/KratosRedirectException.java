package io.github.kratosadmin.error;

/**
 * The response is a redirect to another scheme, host or port, and was not followed. Often
 * the base URL is that of the public API or of a proxy in front of the admin API.
 * Redirects of flows, errors and schemas to the public API are followed, unless a session
 * token would be sent to another host. The message names the setting to change, if it is
 * known.
 */
public class KratosRedirectException extends KratosUnreadableResponseException {

	/**
	 * Creates the exception.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the response
	 * @param problem the source and target of the redirect, and the setting to change
	 */
	public KratosRedirectException(String operation, int status, String problem) {
		super(operation, status, problem);
	}

}
