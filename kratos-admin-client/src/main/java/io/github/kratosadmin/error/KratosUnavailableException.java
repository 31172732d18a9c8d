package io.github.kratosadmin.error;

/**
 * No answer, or no whole one: the connection was refused or lost, or the answer took too
 * long. {@link #isRequestSent()} tells whether a change may have been carried out; it is
 * never sent a second time.
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
