package io.github.kratosadmin.error;

/**
 * Credentials are missing or wrong (401): the bearer token, where something in front of
 * Kratos asks for one, or the session token of a settings flow.
 */
public class KratosUnauthorizedException extends KratosException {

	/**
	 * An answer with status 401.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the answer
	 * @param error what Kratos says about it
	 */
	public KratosUnauthorizedException(String operation, int status, KratosError error) {
		super(operation, status, error);
	}

}
