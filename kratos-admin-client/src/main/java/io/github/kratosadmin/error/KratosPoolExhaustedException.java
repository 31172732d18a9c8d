package io.github.kratosadmin.error;

/**
 * All connections to Kratos were in use, and none became free in time. Nothing was sent.
 */
public class KratosPoolExhaustedException extends KratosUnavailableException {

	/**
	 * Creates the exception.
	 * @param operation the Kratos operation
	 * @param message the description of the failure
	 * @param cause the failure to get a connection
	 */
	public KratosPoolExhaustedException(String operation, String message, Throwable cause) {
		super(operation, message, cause);
		this.requestSent = false;
	}

}
