package io.github.kratosadmin.error;

/**
 * Kratos, or what stands before it, failed (5xx). Whether a change was carried out is not
 * known.
 */
public class KratosServerException extends KratosException {

	/**
	 * An answer with status 5xx.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the answer
	 * @param error what Kratos says about it
	 */
	public KratosServerException(String operation, int status, KratosError error) {
		super(operation, status, error);
	}

}
