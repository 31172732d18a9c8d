package io.github.kratosadmin.test.embedded.internal.http;

/**
 * Counts the requests that a test lets fail.
 */
public final class PlannedFailures {

	private int remaining;

	private int status;

	public synchronized void plan(int calls, int status) {
		this.remaining = calls;
		this.status = status;
	}

	/**
	 * Fails if the next request is planned to fail.
	 * @throws ErrorResponseException the failure
	 */
	public synchronized void next() {
		if (this.remaining > 0) {
			this.remaining--;
			throw new ErrorResponseException(this.status, "This request was planned to fail");
		}
	}

	/**
	 * Takes a snapshot of the plan.
	 * @return restores it
	 */
	public synchronized Runnable snapshot() {
		int remaining = this.remaining;
		int status = this.status;
		return () -> plan(remaining, status);
	}

}
