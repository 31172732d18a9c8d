package io.github.kratosadmin.error;

/**
 * The response does not fit the operation: HTML of a proxy, truncated JSON, an unexpected
 * body, another identity than the requested one, or a redirect that must not be followed.
 * Unless the message says otherwise, a change may or may not have been carried out.
 */
public class KratosUnreadableResponseException extends KratosException {

	/**
	 * Creates the exception.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the response
	 * @param problem the problem with the response
	 */
	public KratosUnreadableResponseException(String operation, int status, String problem) {
		super(operation, status, KratosError.NONE,
				operation + " got a response with status " + status + " that cannot be read: " + problem, null);
	}

}
