package io.github.kratosadmin.internal.imports;

import java.util.concurrent.TimeUnit;

import io.github.kratosadmin.identity.ImportIdentities;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an import within its rows and requests per second. The requests are evenly
 * spaced: time in which nothing was sent is not made up for. Not thread-safe.
 */
final class ImportRate {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final @Nullable Integer maxRows;

	private final @Nullable Integer maxRequests;

	private final int chunkSize;

	private final ImportTime time;

	/** The earliest time of the next request. */
	private long next;

	/** Whether {@link #next} is in the future, or was when last checked. */
	private boolean waiting;

	ImportRate(ImportIdentities options, ImportTime time) {
		this.maxRows = options.maxRowsPerSecond();
		this.maxRequests = options.maxRequestsPerSecond();
		this.chunkSize = options.chunkSize();
		this.time = time;
	}

	/**
	 * Returns the maximum number of rows in a chunk: no more than those of one second.
	 */
	int chunkSize() {
		return (this.maxRows != null) ? Math.min(this.chunkSize, this.maxRows) : this.chunkSize;
	}

	/**
	 * Returns the time until the next request may be sent, in nanoseconds.
	 */
	long timeLeft() {
		if (!this.waiting) {
			return 0;
		}
		long left = Math.max(this.next - this.time.now(), 0);
		this.waiting = left > 0;
		return left;
	}

	/**
	 * Returns whether a request had to wait when last checked.
	 */
	boolean isWaiting() {
		return this.waiting;
	}

	/**
	 * Returns whether a request had to wait, and may be sent now.
	 */
	boolean isDue() {
		return this.waiting && timeLeft() == 0;
	}

	/**
	 * Records a request that is being sent.
	 * @param rows the number of its rows, 0 for a readiness check
	 */
	void sent(int rows) {
		long forRows = (this.maxRows != null) ? rows * SECOND / this.maxRows : 0;
		long forRequest = (this.maxRequests != null) ? SECOND / this.maxRequests : 0;
		long interval = Math.max(forRows, forRequest);
		if (interval > 0) {
			this.next = this.time.now() + interval;
			this.waiting = true;
		}
	}

}
