package io.github.kratosadmin.batch;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.github.kratosadmin.error.KratosRateLimitedException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Determines when a writer may send its next request: evenly spaced if there is a maximum
 * per second, and not while the server limits the rate. Time in which nothing was sent is
 * not made up for. Thread-safe.
 */
class RequestPace {

	/** The longest wait that a server may request. */
	static final Duration MAX_WAIT = Duration.ofMinutes(2);

	/** The number of times that a request is sent again. */
	static final int MAX_REPEATS = 5;

	private final long interval;

	private final LongSupplier nanoTime;

	/** The earliest time of the next request. */
	private @Nullable Long next;

	/**
	 * Creates an instance.
	 * @param maxRequestsPerSecond the maximum number of requests per second, or
	 * {@code null} for no maximum
	 */
	RequestPace(@Nullable Integer maxRequestsPerSecond) {
		this(maxRequestsPerSecond, System::nanoTime);
	}

	RequestPace(@Nullable Integer maxRequestsPerSecond, LongSupplier nanoTime) {
		Assert.isTrue(maxRequestsPerSecond == null || maxRequestsPerSecond > 0,
				() -> "The maximum of requests per second must be at least 1, but is " + maxRequestsPerSecond);
		this.interval = (maxRequestsPerSecond != null) ? TimeUnit.SECONDS.toNanos(1) / maxRequestsPerSecond : 0;
		this.nanoTime = nanoTime;
	}

	/**
	 * Sends a request as soon as it may be sent. A request that the server has refused
	 * with 429 is sent again after the requested time, together with those of all other
	 * threads.
	 * @param request sends the request
	 * @return the result of the request
	 * @throws KratosRateLimitedException if the server still limits the rate after
	 * {@value #MAX_REPEATS} repeats, or requests a longer wait than {@link #MAX_WAIT}
	 * @throws CancellationException if the thread is interrupted while it waits: nothing
	 * was sent; the thread remains interrupted
	 */
	<R> R send(Supplier<R> request) {
		BackOffExecution waits = waits();
		while (true) {
			sleep(reserve());
			try {
				return request.get();
			}
			catch (KratosRateLimitedException ex) {
				long wait = waits.nextBackOff();
				Duration requested = (ex.getRetryAfter() != null) ? ex.getRetryAfter() : Duration.ZERO;
				if (wait == BackOffExecution.STOP || requested.compareTo(MAX_WAIT) > 0) {
					throw ex;
				}
				pause(Math.max(TimeUnit.MILLISECONDS.toNanos(wait), requested.toNanos()));
			}
		}
	}

	/**
	 * Waits until a request may be sent.
	 * @throws CancellationException if the thread is interrupted; it remains interrupted
	 */
	void await() {
		sleep(timeLeft());
	}

	private static BackOffExecution waits() {
		ExponentialBackOff waits = new ExponentialBackOff(250, 2);
		waits.setMaxAttempts(MAX_REPEATS);
		return waits.start();
	}

	/**
	 * Reserves the time of the next request.
	 * @return the time to wait for it, in nanoseconds
	 */
	private synchronized long reserve() {
		long wait = timeLeft();
		this.next = this.nanoTime.getAsLong() + wait + this.interval;
		return wait;
	}

	private synchronized long timeLeft() {
		return (this.next != null) ? Math.max(this.next - this.nanoTime.getAsLong(), 0) : 0;
	}

	/**
	 * Sends nothing for a time.
	 */
	synchronized void pause(long nanos) {
		long then = this.nanoTime.getAsLong() + nanos;
		this.next = (this.next != null && this.next - then > 0) ? this.next : Long.valueOf(then);
	}

	private void sleep(long nanos) {
		try {
			await(nanos);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new CancellationException("The thread was interrupted while it was waiting to send a request");
		}
	}

	/**
	 * Waits. Tests replace this.
	 */
	void await(long nanos) throws InterruptedException {
		TimeUnit.NANOSECONDS.sleep(nanos);
	}

}
