package io.github.kratosadmin.error;

/**
 * Kratos refused the request as malformed or invalid (400): traits that do not fit the
 * identity schema, an unknown schema, a bad expiry.
 */
public class KratosBadRequestException extends KratosException {

	/**
	 * An answer with status 400.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the answer
	 * @param error what Kratos says about it
	 */
	public KratosBadRequestException(String operation, int status, KratosError error) {
		super(operation, status, error);
	}

}
