package io.github.kratosadmin.error;

/**
 * What was asked for is not allowed (403), such as a browser flow without its CSRF cookie
 * or a settings flow of another identity.
 */
public class KratosForbiddenException extends KratosException {

	/**
	 * An answer with status 403.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the answer
	 * @param error what Kratos says about it
	 */
	public KratosForbiddenException(String operation, int status, KratosError error) {
		super(operation, status, error);
	}

}
