package io.github.kratosadmin.error;

/**
 * All connections to Kratos are in use, and none was free in time. Nothing was sent.
 */
public class KratosPoolExhaustedException extends KratosUnavailableException {

	/**
	 * A call without a connection.
	 * @param operation the Kratos operation
	 * @param message what happened
	 * @param cause the failure to get a connection
	 */
	public KratosPoolExhaustedException(String operation, String message, Throwable cause) {
		super(operation, message, cause);
		this.requestSent = false;
	}

}
