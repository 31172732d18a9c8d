package io.github.kratosadmin.error;

/**
 * There was no complete response: the connection was refused or lost, a timeout expired,
 * or the thread was interrupted. Also thrown if the call could not be made: no bearer
 * token, a closed client, or another change of the same identity that did not end in
 * time. {@link #isRequestSent()} tells whether a change may have been carried out. A
 * change is never retried.
 */
public class KratosUnavailableException extends KratosException {

	/**
	 * Creates the exception for a call that got no complete response.
	 * @param operation the Kratos operation
	 * @param message what happened
	 * @param cause the failure of the connection
	 */
	public KratosUnavailableException(String operation, String message, Throwable cause) {
		super(operation, 0, KratosError.NONE, operation + " got no response: " + message, cause);
	}

}
