package io.github.kratosadmin.internal.imports;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.kratosadmin.identity.ImportIdentities;
import org.jspecify.annotations.Nullable;

/**
 * When an import makes its next call. It pauses while the server wants fewer calls, and
 * when calls fail one after the other; a single call that comes through ends the pause.
 * Of one thread.
 */
final class ImportPace {

	private static final long FIRST_WAIT = TimeUnit.MILLISECONDS.toNanos(250);

	private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(10);

	private final int maxFailures;

	private final Duration maxPause;

	private int failures;

	private boolean paused;

	/** How often there was a pause, by which a call knows those that began after it. */
	private int pauses;

	private boolean doubtful;

	/** How long has been waited since the pause began. */
	private long waited;

	private long next;

	private long wait = FIRST_WAIT;

	ImportPace(ImportIdentities options) {
		this.maxFailures = options.failuresBeforePause();
		this.maxPause = options.maxPause();
	}

	boolean isPaused() {
		return this.paused;
	}

	/**
	 * How long to make no call, in nanoseconds.
	 */
	long timeLeft() {
		return this.paused ? Math.max(this.next - System.nanoTime(), 0) : 0;
	}

	/**
	 * The import has waited for a call, or for the next one. A pause consists of that:
	 * the time that the application takes, for results above all, is not Kratos's.
	 */
	void waited(long nanos) {
		this.waited += nanos;
	}

	/**
	 * Whether to ask the server if it is ready before the next call.
	 */
	boolean asksFirst() {
		return this.paused && this.doubtful;
	}

	/**
	 * How many pauses there have been so far.
	 */
	int pauses() {
		return this.pauses;
	}

	/**
	 * A call came through, whatever Kratos made of it. One that was under way when the
	 * pause began says nothing of the server since then.
	 * @param pausesBefore how many pauses there had been when it began
	 */
	void succeeded(int pausesBefore) {
		this.failures = 0;
		if (this.paused && pausesBefore < this.pauses) {
			return;
		}
		this.paused = false;
		this.doubtful = false;
		this.wait = FIRST_WAIT;
	}

	/**
	 * The server is ready, or does not tell: the next call is a trial.
	 */
	void mayBeReady() {
		this.doubtful = false;
	}

	/**
	 * A call failed.
	 * @return whether to go on, now or after a pause
	 */
	boolean failed() {
		this.failures++;
		if (this.failures < this.maxFailures && !this.paused) {
			return true;
		}
		this.doubtful = true;
		return pause(null);
	}

	/**
	 * The server wants fewer calls.
	 * @param retryAfter how long to make none, {@code null} if it does not say
	 * @return whether to go on after a pause
	 */
	boolean limited(@Nullable Duration retryAfter) {
		return pause(retryAfter);
	}

	private boolean pause(@Nullable Duration told) {
		long now = System.nanoTime();
		boolean longer = !this.paused || now >= this.next;
		if (told != null && told.compareTo(this.maxPause) > 0) {
			return false;
		}
		if (!this.paused) {
			this.paused = true;
			this.pauses++;
			this.waited = 0;
			this.next = now;
		}
		if (told != null && !told.isZero()) {
			long then = now + TimeUnit.NANOSECONDS.convert(told);
			this.next = (then > this.next) ? then : this.next;
		}
		else if (longer) {
			this.next = now + this.wait;
			this.wait = Math.min(2 * this.wait, LONGEST_WAIT);
		}
		return this.waited + (this.next - now) <= TimeUnit.NANOSECONDS.convert(this.maxPause);
	}

}
