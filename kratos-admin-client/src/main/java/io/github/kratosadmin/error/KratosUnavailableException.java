package io.github.kratosadmin.error;

/**
 * No answer, or no whole one: the connection was refused or lost, or the answer took too
 * long. Whether a change was carried out is not known; it is never sent a second time.
 */
public class KratosUnavailableException extends KratosException {

	/**
	 * A call without an answer.
	 * @param operation the Kratos operation
	 * @param message what happened
	 * @param cause the failure of the connection
	 */
	public KratosUnavailableException(String operation, String message, Throwable cause) {
		super(operation, 0, KratosError.NONE, operation + " got no answer: " + message, cause);
	}

}
