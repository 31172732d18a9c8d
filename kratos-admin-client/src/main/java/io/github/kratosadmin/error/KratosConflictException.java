package io.github.kratosadmin.error;

/**
 * The change conflicts with existing data (409), such as a second identity with the same
 * e-mail address.
 */
public class KratosConflictException extends KratosException {

	/**
	 * Creates the exception for a response with status 409.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the response
	 * @param error the error in the response
	 */
	public KratosConflictException(String operation, int status, KratosError error) {
		super(operation, status, error);
	}

}
