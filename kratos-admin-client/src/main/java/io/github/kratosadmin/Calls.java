package io.github.kratosadmin;

import java.io.Closeable;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * The calls that are under way. A thread looks after them, as one that waits for a socket
 * cannot: it ends those that take too long, with all that they consist of, and those
 * whose thread was interrupted. The thread is there only while there are calls.
 */
class Calls implements Closeable {

	/** How soon the end of a call's time, and an interruption, are seen. */
	private static final Duration INTERVAL = Duration.ofMillis(20);

	/** After so many intervals without a call the thread ends. */
	private static final int IDLE_INTERVALS = 50;

	private final Duration timeout;

	private final Set<Call> underWay = ConcurrentHashMap.newKeySet();

	private final ThreadLocal<@Nullable Call> current = new ThreadLocal<>();

	private volatile @Nullable Thread watch;

	private volatile boolean closed;

	/**
	 * Creates a keeper of calls.
	 * @param timeout how long a call takes at most
	 */
	Calls(Duration timeout) {
		this.timeout = timeout;
	}

	/**
	 * How long a call takes at most.
	 */
	Duration timeout() {
		return this.timeout;
	}

	/**
	 * The call that this thread makes.
	 */
	@Nullable Call current() {
		return this.current.get();
	}

	/**
	 * Makes a call. What a call asks for meanwhile, such as the version of the server, is
	 * a part of it and has no time of its own.
	 */
	@Nullable Object make(String operation, Steps steps) throws Throwable {
		Call outer = this.current.get();
		if (outer != null) {
			outer.asides++;
			try {
				return steps.take(outer);
			}
			finally {
				outer.asides--;
			}
		}
		Call call = new Call(Thread.currentThread(), System.nanoTime(), this.timeout);
		this.current.set(call);
		this.underWay.add(call);
		if (this.watch == null) {
			startWatch();
		}
		try {
			return steps.take(call);
		}
		catch (KratosUnavailableException ex) {
			throw call.told(call.explain(operation, ex));
		}
		catch (KratosException ex) {
			throw call.told(ex);
		}
		finally {
			this.underWay.remove(call);
			this.current.remove();
		}
	}

	/**
	 * Asks for what belongs to the call of this thread, but is not what was called:
	 * requests that are sent meanwhile do not count as its own.
	 */
	<T> T aside(Supplier<T> aside) {
		Call call = this.current.get();
		if (call == null) {
			return aside.get();
		}
		call.asides++;
		try {
			return aside.get();
		}
		finally {
			call.asides--;
		}
	}

	/**
	 * Notes that the server has refused what this thread's call has sent, without doing
	 * it.
	 */
	void notDone() {
		Call call = this.current.get();
		if (call != null) {
			call.notDone();
		}
	}

	private synchronized void startWatch() {
		if (this.watch == null && !this.closed) {
			Thread thread = new Thread(null, this::watch, "kratos-admin-calls", 0, false);
			thread.setDaemon(true);
			this.watch = thread;
			thread.start();
		}
	}

	private void watch() {
		int idle = 0;
		while (!this.closed && idle < IDLE_INTERVALS) {
			idle = this.underWay.isEmpty() ? idle + 1 : 0;
			this.underWay.forEach(Call::endIfDue);
			try {
				Thread.sleep(INTERVAL.toMillis());
			}
			catch (InterruptedException ex) {
				break;
			}
		}
		this.watch = null;
		if (!this.underWay.isEmpty()) {
			// Begun just now, when this thread still seemed to look.
			startWatch();
		}
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		Thread thread = this.watch;
		if (thread != null) {
			thread.interrupt();
		}
	}

	/**
	 * What a call consists of.
	 */
	@FunctionalInterface
	interface Steps {

		@Nullable Object take(Call call) throws Throwable;

	}

	/**
	 * A call that is under way.
	 */
	static final class Call {

		private final Thread thread;

		private final long start;

		private final Duration timeout;

		private @Nullable Runnable abort;

		private @Nullable Exception ended;

		private boolean repeating;

		private int asides;

		private boolean sent;

		Call(Thread thread, long start, Duration timeout) {
			this.thread = thread;
			this.start = start;
			this.timeout = timeout;
		}

		/**
		 * The time that is left, not less than zero.
		 */
		Duration timeLeft() {
			long left = TimeUnit.NANOSECONDS.convert(this.timeout) - (System.nanoTime() - this.start);
			return Duration.ofNanos(Math.max(left, 0));
		}

		/**
		 * Tells how to end what the call does next. If the call is to end already, that
		 * happens at once.
		 */
		synchronized void abortWith(Runnable abort) {
			this.abort = abort;
			if (endsNow()) {
				abort.run();
			}
		}

		private synchronized void endIfDue() {
			Runnable abort = this.abort;
			if (this.ended == null && endsNow() && abort != null) {
				abort.run();
			}
		}

		private synchronized boolean endsNow() {
			if (this.ended == null && timeLeft().isZero()) {
				this.ended = new TimeoutException("the call was not over after " + this.timeout);
			}
			else if (this.ended == null && this.thread.isInterrupted()) {
				this.ended = new InterruptedIOException("the thread was interrupted");
			}
			return this.ended != null;
		}

		/**
		 * Notes that a request is about to be sent.
		 * @throws InterruptedIOException if the call is to do no more
		 */
		void sending() throws InterruptedIOException {
			if (endsNow()) {
				throw new InterruptedIOException("the call is over");
			}
			this.sent |= this.asides == 0;
		}

		/**
		 * Notes that the response tells that nothing was done, as a redirect does.
		 */
		void notDone() {
			this.sent &= this.asides != 0;
		}

		private <T extends KratosException> T told(T failure) {
			failure.setRequestSent(this.sent);
			return failure;
		}

		/**
		 * Whether its read may be repeated: one that is a part of another one that is
		 * repeated may not.
		 */
		boolean repeat() {
			boolean first = !this.repeating;
			this.repeating = true;
			return first;
		}

		void repeated() {
			this.repeating = false;
		}

		/**
		 * Whether the call is to do no more.
		 */
		boolean isToEnd() {
			return endsNow();
		}

		private KratosUnavailableException explain(String operation, KratosUnavailableException failure) {
			Exception reason = endsNow() ? this.ended : null;
			if (reason == null) {
				return failure;
			}
			reason.initCause(failure);
			return new KratosUnavailableException(operation, String.valueOf(reason.getMessage()), reason);
		}

	}

}
