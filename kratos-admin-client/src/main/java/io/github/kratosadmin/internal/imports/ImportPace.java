package io.github.kratosadmin.internal.imports;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.kratosadmin.identity.ImportIdentities;
import org.jspecify.annotations.Nullable;

/**
 * Determines when an import sends its next request. The import pauses while the server
 * limits the rate, and after several failures in a row. A single successful request ends
 * the pause. Not thread-safe.
 */
final class ImportPace {

	private static final long FIRST_WAIT = TimeUnit.MILLISECONDS.toNanos(250);

	private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(10);

	/** Rows that were not sent are sent again, but not endlessly without a pause. */
	private static final int MAX_NOT_SENT = 10;

	private final int maxFailures;

	private final Duration maxPause;

	private final ImportTime time;

	private int failures;

	private boolean paused;

	/** A request compares this number to detect a pause that began after it. */
	private int pauses;

	/** Whether the server was failing, rather than limiting the rate. */
	private boolean failing;

	/** Whether to check the readiness of the server before the next request. */
	private boolean checksReadiness;

	/** The time spent waiting since the pause began. */
	private long waited;

	/** The earliest time of the next request. */
	private long next;

	private long wait = FIRST_WAIT;

	ImportPace(ImportIdentities options, ImportTime time) {
		this.maxFailures = options.failuresBeforePause();
		this.maxPause = options.maxPause();
		this.time = time;
	}

	boolean isPaused() {
		return this.paused;
	}

	/**
	 * Returns the remaining time of the pause in nanoseconds.
	 */
	long timeLeft() {
		return this.paused ? Math.max(this.next - this.time.now(), 0) : 0;
	}

	/**
	 * Adds the time that the import has waited for a request or during a pause. The time
	 * that the application takes, mainly to process results, does not count.
	 */
	void waited(long nanos) {
		this.waited += nanos;
	}

	/**
	 * Returns whether to check the readiness of the server before the next request.
	 */
	boolean checksReadiness() {
		return this.paused && this.checksReadiness;
	}

	/**
	 * Returns whether the next request shows whether the server is still failing. If it
	 * is, the rows of this request are lost.
	 */
	boolean isTrial() {
		return this.paused && this.failing;
	}

	/**
	 * Returns the number of pauses so far.
	 */
	int pauses() {
		return this.pauses;
	}

	/**
	 * Records a request that reached Kratos, whatever its result. A request that was sent
	 * before the pause does not end it.
	 * @param pausesBefore the number of pauses before the request was sent
	 */
	void succeeded(int pausesBefore) {
		this.failures = 0;
		if (this.paused && pausesBefore < this.pauses) {
			return;
		}
		this.paused = false;
		this.failing = false;
		this.checksReadiness = false;
		this.wait = FIRST_WAIT;
	}

	/**
	 * Records a readiness check without a negative result: the next request is a trial.
	 */
	void mayBeReady() {
		this.checksReadiness = false;
	}

	/**
	 * Records a failed request.
	 * @return whether to continue, now or after a pause
	 */
	boolean failed() {
		return failed(this.maxFailures);
	}

	/**
	 * Records a request that could not be sent, and will be sent again.
	 * @return whether to continue, now or after a pause
	 */
	boolean notSent() {
		return failed(Math.min(this.maxFailures, MAX_NOT_SENT));
	}

	private boolean failed(int maxFailures) {
		this.failures++;
		if (this.failures < maxFailures && !this.paused) {
			return true;
		}
		this.failing = true;
		this.checksReadiness = true;
		return pause(null);
	}

	/**
	 * Records a request that the server refused because of its rate limit.
	 * @param retryAfter the requested delay, or {@code null} if there is none
	 * @return whether to continue after a pause
	 */
	boolean limited(@Nullable Duration retryAfter) {
		return pause(retryAfter);
	}

	private boolean pause(@Nullable Duration retryAfter) {
		long now = this.time.now();
		boolean longer = !this.paused || now >= this.next;
		if (retryAfter != null && retryAfter.compareTo(this.maxPause) > 0) {
			return false;
		}
		if (!this.paused) {
			this.paused = true;
			this.pauses++;
			this.waited = 0;
			this.next = now;
		}
		if (retryAfter != null && !retryAfter.isZero()) {
			long then = now + TimeUnit.NANOSECONDS.convert(retryAfter);
			this.next = (then > this.next) ? then : this.next;
		}
		else if (longer) {
			this.next = now + this.wait;
			this.wait = Math.min(2 * this.wait, LONGEST_WAIT);
		}
		return this.waited + (this.next - now) <= TimeUnit.NANOSECONDS.convert(this.maxPause);
	}

}
