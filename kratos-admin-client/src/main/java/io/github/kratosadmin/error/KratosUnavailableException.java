package io.github.kratosadmin.error;

/**
 * There was no complete response: the connection was refused or lost, a timeout expired,
 * or the thread was interrupted. Also thrown if the request could not be sent: no bearer
 * token, a closed client, or another change of the same identity that did not end in
 * time. {@link #isRequestSent()} returns whether a change may have been carried out. A
 * change is never retried.
 */
public class KratosUnavailableException extends KratosException {

	/**
	 * Creates the exception for a call that got no complete response.
	 * @param operation the Kratos operation
	 * @param message the description of the failure
	 * @param cause the failure of the connection
	 */
	public KratosUnavailableException(String operation, String message, Throwable cause) {
		super(operation, 0, KratosError.NONE, operation + " got no response: " + message, cause);
	}

}
