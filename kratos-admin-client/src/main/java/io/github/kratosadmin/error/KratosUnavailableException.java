package io.github.kratosadmin.error;

/**
 * No answer, or no whole one: the connection was refused or lost, the answer took too
 * long, or the thread was interrupted. Also a call that could not be made, as there was
 * no bearer token, the client is closed, or another change of the same identity was not
 * done in time. {@link #isRequestSent()} tells whether a change may have been carried
 * out; it is never sent a second time.
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
