package io.github.kratosadmin.internal.imports;

import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The time of an import, and how it waits. Tests replace it.
 */
class ImportTime {

	/**
	 * Returns the time in nanoseconds, from an arbitrary origin.
	 */
	long now() {
		return System.nanoTime();
	}

	/**
	 * Returns the time of the clock.
	 */
	Instant instant() {
		return Instant.now();
	}

	/**
	 * Waits until a request has ended, at most for a time.
	 * @param ended has a permit for each request that has ended
	 * @param nanos the maximum time in nanoseconds
	 * @throws InterruptedException if the thread is interrupted
	 */
	void await(Semaphore ended, long nanos) throws InterruptedException {
		ended.tryAcquire(nanos, TimeUnit.NANOSECONDS);
	}

}
