package io.github.kratosadmin.error;

/**
 * The sessions of everybody were to end, and some have, but a request failed. Others may
 * still be active: make the call again. The status and the error are those of the failed
 * request.
 */
public class KratosSessionsDrainException extends KratosException {

	private final long processed;

	/**
	 * Creates the exception.
	 * @param operation the Kratos operation that failed
	 * @param processed the number of sessions that were processed before
	 * @param cause the failure of that operation
	 */
	public KratosSessionsDrainException(String operation, long processed, RuntimeException cause) {
		super(operation, (cause instanceof KratosException failure) ? failure.getStatus() : 0,
				(cause instanceof KratosException failure) ? failure.getError() : KratosError.NONE,
				processed + " sessions were processed, but others may remain: " + cause.getMessage(), cause);
		this.processed = processed;
	}

	/**
	 * Returns the number of sessions that were processed before the failure. The failed
	 * request may have processed more.
	 * @return the number of sessions, at least 1
	 */
	public long getProcessed() {
		return this.processed;
	}

}
