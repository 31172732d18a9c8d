package io.github.kratosadmin.test.embedded.internal.http;

/**
 * The failures that a test has planned for the next requests.
 */
public final class PlannedFailures {

	private int remaining;

	private int status;

	public synchronized void plan(int requests, int status) {
		this.remaining = requests;
		this.status = status;
	}

	/**
	 * Takes the next request.
	 * @throws ErrorResponseException if it is planned to fail
	 */
	public synchronized void next() {
		if (this.remaining > 0) {
			this.remaining--;
			throw new ErrorResponseException(this.status, "This request was planned to fail");
		}
	}

	/**
	 * Takes a snapshot of the plan.
	 * @return an action that restores it
	 */
	public synchronized Runnable snapshot() {
		int remaining = this.remaining;
		int status = this.status;
		return () -> plan(remaining, status);
	}

}
