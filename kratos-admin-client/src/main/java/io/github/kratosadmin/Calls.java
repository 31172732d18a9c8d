package io.github.kratosadmin;

import java.io.Closeable;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * The calls that are under way. A thread ends those that take too long, with all that
 * they consist of: it sleeps until the first of them has to be over, and is there only
 * while there are calls. Without it, as where no thread can be started, a call still ends
 * by what it waits for, which it is told the {@link Call#timeToRead() time} of.
 */
class Calls implements Closeable {

	private static final String CLOSED = "this KratosAdmin is closed";

	/** How long the thread waits for another call before it ends. */
	private static final long LINGER = TimeUnit.SECONDS.toNanos(1);

	/** How long to wait after an error, as while there is no memory. */
	private static final long RECOVERY = TimeUnit.MILLISECONDS.toNanos(10);

	private final Duration timeout;

	private final Set<Call> underWay = ConcurrentHashMap.newKeySet();

	private final ThreadLocal<@Nullable Call> current = new ThreadLocal<>();

	private final AtomicReference<@Nullable Thread> watch = new AtomicReference<>();

	private final CountDownLatch closed = new CountDownLatch(1);

	private final ThreadFactory threads;

	/**
	 * Creates a keeper of calls.
	 * @param timeout how long a call takes at most
	 */
	Calls(Duration timeout) {
		this(timeout, (run) -> new Thread(null, run, "kratos-admin-calls", 0, false));
	}

	Calls(Duration timeout, ThreadFactory threads) {
		this.timeout = timeout;
		this.threads = threads;
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
		Call call = new Call(Thread.currentThread(), System.nanoTime(), this.timeout, this.closed);
		try {
			this.current.set(call);
			this.underWay.add(call);
			watch();
			if (isClosed()) {
				call.end(CLOSED);
			}
			return steps.take(call);
		}
		catch (KratosUnavailableException ex) {
			throw call.told(call.explain(operation, ex));
		}
		catch (KratosException ex) {
			throw call.told(ex);
		}
		finally {
			this.current.remove();
			this.underWay.remove(call);
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
	 * Asks for what belongs to the call of this thread, each request on a new connection.
	 */
	<T> T onNewConnections(Supplier<T> aside) {
		Call call = this.current.get();
		if (call == null) {
			return aside.get();
		}
		call.newConnections = true;
		try {
			return aside.get();
		}
		finally {
			call.newConnections = false;
		}
	}

	/**
	 * Whether requests of this thread's call are to be sent on new connections.
	 */
	boolean needNewConnections() {
		Call call = this.current.get();
		return call != null && call.newConnections;
	}

	/**
	 * The time that is left of this thread's call.
	 */
	Duration timeLeft() {
		Call call = this.current.get();
		return (call != null) ? call.timeLeft() : this.timeout;
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

	/**
	 * Notes where the request goes that this thread's call is about to send.
	 */
	void goesTo(@Nullable Routes routes) {
		Call call = this.current.get();
		if (call != null) {
			call.goesTo(routes);
		}
	}

	/**
	 * What this thread's call asks for now: itself, or what belongs to it.
	 */
	@Nullable Invocation invocation() {
		Call call = this.current.get();
		return (call != null) ? call.invocation : null;
	}

	boolean isClosed() {
		return this.closed.getCount() == 0;
	}

	/**
	 * Sees that there is a thread that ends calls. Nothing is left behind if there cannot
	 * be one: the next call tries again.
	 */
	private void watch() {
		if (this.watch.get() != null || isClosed()) {
			return;
		}
		try {
			Thread thread = this.threads.newThread(this::endThoseThatAreDue);
			thread.setDaemon(true);
			if (this.watch.compareAndSet(null, thread)) {
				boolean started = false;
				try {
					thread.start();
					started = true;
				}
				finally {
					if (!started) {
						this.watch.set(null);
					}
				}
			}
		}
		catch (OutOfMemoryError ex) {
			// Also says that there can be no more threads. The call is bounded without.
		}
	}

	private void endThoseThatAreDue() {
		boolean idle = false;
		while (!isClosed()) {
			try {
				long wait = nextDeadline();
				if (wait == Long.MAX_VALUE && idle && this.underWay.isEmpty()) {
					break;
				}
				idle = wait == Long.MAX_VALUE;
				// Not longer than a call that begins meanwhile has.
				LockSupport.parkNanos(this, Math.min(wait, idle ? Math.min(LINGER, this.timeout.toNanos()) : wait));
			}
			catch (Throwable ex) {
				// An error, such as no memory for a moment, takes no call's deadline
				// away.
				LockSupport.parkNanos(this, RECOVERY);
			}
		}
		this.watch.set(null);
		if (!this.underWay.isEmpty()) {
			// Begun just now, when this thread still seemed to be there.
			watch();
		}
	}

	/**
	 * Ends calls whose time is over.
	 * @return how long until the next one is due, in nanoseconds
	 */
	private long nextDeadline() {
		long next = Long.MAX_VALUE;
		for (Call call : this.underWay) {
			if (!call.endIfDue()) {
				next = Math.min(next, Math.max(call.timeLeft().toNanos(), RECOVERY));
			}
		}
		return next;
	}

	/**
	 * Ends all calls at once.
	 */
	@Override
	public void close() {
		this.closed.countDown();
		LockSupport.unpark(this.watch.get());
		this.underWay.forEach((call) -> call.end(CLOSED));
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

		private final CountDownLatch closed;

		private @Nullable Runnable abort;

		private @Nullable Exception ended;

		private boolean aborted;

		private volatile long readDeadline;

		private volatile boolean reading;

		private boolean unwritten;

		private boolean repeating;

		private int asides;

		private boolean newConnections;

		private boolean sent;

		private boolean sentBefore;

		private boolean cutShort;

		private @Nullable Invocation invocation;

		private @Nullable Routes routes;

		Call(Thread thread, long start, Duration timeout, CountDownLatch closed) {
			this.thread = thread;
			this.start = start;
			this.timeout = timeout;
			this.closed = closed;
		}

		/**
		 * The time that is left, not less than zero.
		 */
		Duration timeLeft() {
			long left = TimeUnit.NANOSECONDS.convert(this.timeout) - (System.nanoTime() - this.start);
			return Duration.ofNanos(Math.max(left, 0));
		}

		/**
		 * The time that is left to read from the server, not less than zero.
		 */
		Duration timeToRead() {
			Duration left = timeLeft();
			if (!this.reading) {
				return left;
			}
			Duration toRead = Duration.ofNanos(Math.max(this.readDeadline - System.nanoTime(), 0));
			return (toRead.compareTo(left) < 0) ? toRead : left;
		}

		/**
		 * Tells how to end what the call does next. If the call is to end already, that
		 * happens at once.
		 */
		synchronized void abortWith(Runnable abort) {
			this.reading = false;
			this.cutShort = false;
			this.abort = abort;
			this.aborted = false;
			endIfDue();
		}

		/**
		 * Ends the call if its time is over.
		 * @return whether nothing remains to be done for that, until the call waits for
		 * something else
		 */
		private synchronized boolean endIfDue() {
			if (!endsNow()) {
				return false;
			}
			Runnable abort = this.abort;
			if (abort != null && !this.aborted) {
				abort.run();
				this.aborted = true;
			}
			return true;
		}

		private synchronized void end(String reason) {
			if (this.ended == null) {
				this.ended = new InterruptedIOException(reason);
			}
			endIfDue();
		}

		private synchronized boolean endsNow() {
			if (this.ended == null && timeLeft().isZero()) {
				this.ended = new TimeoutException("the call was not over after " + this.timeout);
			}
			return this.ended != null;
		}

		/**
		 * Asks for something, for the call itself or for what belongs to it.
		 */
		@Nullable Object ask(Invocation invocation, Steps steps) throws Throwable {
			Invocation outer = this.invocation;
			this.invocation = invocation;
			try {
				return steps.take(this);
			}
			finally {
				this.invocation = outer;
			}
		}

		/**
		 * Notes where the request goes that is about to be sent.
		 * @param routes the routes, or {@code null} if it does not go by the prefix that
		 * was found out
		 */
		void goesTo(@Nullable Routes routes) {
			this.routes = routes;
		}

		@Nullable Routes routes() {
			return this.routes;
		}

		/**
		 * Notes that a request is about to be sent.
		 * @param readTimeout how long its response may take
		 * @throws InterruptedIOException if the call is to do no more
		 */
		void sending(Duration readTimeout) throws InterruptedIOException {
			if (isToEnd()) {
				throw new InterruptedIOException("the call is over");
			}
			this.readDeadline = System.nanoTime() + readTimeout.toNanos();
			this.reading = true;
			this.unwritten = true;
			this.cutShort = false;
			this.sentBefore = this.sent;
			this.sent |= this.asides == 0;
		}

		/**
		 * Whether the first bytes of the request that is about to be sent are written
		 * now.
		 */
		boolean beginsToWrite() {
			boolean begins = this.unwritten;
			this.unwritten = false;
			return begins;
		}

		/**
		 * Notes that the server has answered the request that is written now before it
		 * had all of it, so that the rest is not written.
		 * @return {@code false} if no request is being written, but what goes before it
		 */
		boolean cutShort() {
			this.cutShort = this.reading;
			return this.cutShort;
		}

		boolean isCutShort() {
			return this.cutShort;
		}

		/**
		 * Notes that nothing was done of the last request, as a redirect tells.
		 */
		void notDone() {
			this.sent = this.sentBefore;
		}

		private <T extends KratosException> T told(T failure) {
			failure.setRequestSent(this.sent);
			return failure;
		}

		/**
		 * Waits before a repeat.
		 * @return {@code false} if there is no time for that, or the wait was ended:
		 * there is to be no repeat then
		 */
		boolean pause(long millis) {
			if (millis >= timeLeft().toMillis()) {
				return false;
			}
			try {
				return !this.closed.await(millis, TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				this.thread.interrupt();
				return false;
			}
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
		synchronized boolean isToEnd() {
			if (this.ended == null && this.thread.isInterrupted()) {
				this.ended = new InterruptedIOException("the thread was interrupted");
			}
			return endsNow();
		}

		private KratosUnavailableException explain(String operation, KratosUnavailableException failure) {
			Exception reason = isToEnd() ? this.ended : null;
			if (reason == null) {
				return failure;
			}
			reason.initCause(failure);
			return new KratosUnavailableException(operation, String.valueOf(reason.getMessage()), reason);
		}

	}

}
