package io.github.kratosadmin.error;

/**
 * The response is a redirect to another scheme, host or port, and was not followed. Often
 * the base URL is that of the public API or of a proxy in front of the admin API.
 * Redirects of flows, errors and schemas to the public API are followed, except where
 * that would send a session token to another host. The message names the setting to
 * change, where that is known.
 */
public class KratosRedirectException extends KratosUnreadableResponseException {

	/**
	 * Creates the exception.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the response
	 * @param problem from where the redirect leads where, and what to set
	 */
	public KratosRedirectException(String operation, int status, String problem) {
		super(operation, status, problem);
	}

}
