package io.github.kratosadmin.error;

/**
 * What was to be created or changed collides with what is there (409), such as a second
 * identity with the same e-mail address.
 */
public class KratosConflictException extends KratosException {

	/**
	 * An answer with status 409.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the answer
	 * @param error what Kratos says about it
	 */
	public KratosConflictException(String operation, int status, KratosError error) {
		super(operation, status, error);
	}

}
