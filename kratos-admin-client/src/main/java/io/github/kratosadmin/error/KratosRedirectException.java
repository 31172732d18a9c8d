package io.github.kratosadmin.error;

/**
 * A redirect that leads away from the admin API, to another scheme, host or port, and was
 * not followed. The base URL may be that of the public API, or of something in front of
 * the admin API. Also a redirect of a flow, an error or a schema that must not be
 * followed to another host, such as one of a call with a session token. The message says
 * what to set, where that is known.
 */
public class KratosRedirectException extends KratosUnreadableResponseException {

	/**
	 * A redirect that was not followed.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the answer
	 * @param problem from where the redirect leads where, and what to set
	 */
	public KratosRedirectException(String operation, int status, String problem) {
		super(operation, status, problem);
	}

}
