package io.github.kratosadmin.error;

/**
 * The request is not allowed (403), such as a browser flow without its CSRF cookie or a
 * settings flow of another identity.
 */
public class KratosForbiddenException extends KratosException {

	/**
	 * Creates the exception for a response with status 403.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the response
	 * @param error the error in the response
	 */
	public KratosForbiddenException(String operation, int status, KratosError error) {
		super(operation, status, error);
	}

}
