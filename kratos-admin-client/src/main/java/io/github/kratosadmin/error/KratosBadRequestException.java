package io.github.kratosadmin.error;

/**
 * Kratos rejected the request (400): for example, traits that do not match the identity
 * schema, an unknown schema or a malformed expiry.
 */
public class KratosBadRequestException extends KratosException {

	/**
	 * Creates the exception for a response with status 400.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the response
	 * @param error the error in the response
	 */
	public KratosBadRequestException(String operation, int status, KratosError error) {
		super(operation, status, error);
	}

}
