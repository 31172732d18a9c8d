package io.github.kratosadmin.error;

/**
 * Credentials are missing or wrong (401): the bearer token that a gateway requires, or
 * the session token of a settings flow. A read has also been tried with another token, if
 * its provider had one.
 */
public class KratosUnauthorizedException extends KratosException {

	/**
	 * Creates the exception for a response with status 401.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the response
	 * @param error the error in the response
	 */
	public KratosUnauthorizedException(String operation, int status, KratosError error) {
		super(operation, status, error);
	}

}
