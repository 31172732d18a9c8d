package io.github.kratosadmin.internal.operation;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * A call that is under way.
 */
public final class Call {

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

	private Invocation invocation;

	private @Nullable Routes routes;

	Call(Invocation invocation, Duration timeout, CountDownLatch closed) {
		this.invocation = invocation;
		this.thread = Thread.currentThread();
		this.start = System.nanoTime();
		this.timeout = timeout;
		this.closed = closed;
	}

	/**
	 * The operation and its arguments: of the call itself, or of what it asks for
	 * meanwhile.
	 */
	public Invocation invocation() {
		return this.invocation;
	}

	/**
	 * Asks for something that belongs to this call.
	 */
	@Nullable Object aside(Invocation invocation, Calls.Steps steps) throws Throwable {
		Invocation outer = this.invocation;
		this.invocation = invocation;
		this.asides++;
		try {
			return steps.take(this);
		}
		finally {
			this.asides--;
			this.invocation = outer;
		}
	}

	<T> T aside(Supplier<T> aside) {
		this.asides++;
		try {
			return aside.get();
		}
		finally {
			this.asides--;
		}
	}

	<T> T onNewConnections(Supplier<T> aside) {
		this.newConnections = true;
		try {
			return aside.get();
		}
		finally {
			this.newConnections = false;
		}
	}

	boolean needsNewConnections() {
		return this.newConnections;
	}

	/**
	 * The time that is left, not less than zero.
	 */
	public Duration timeLeft() {
		long left = TimeUnit.NANOSECONDS.convert(this.timeout) - (System.nanoTime() - this.start);
		return Duration.ofNanos(Math.max(left, 0));
	}

	/**
	 * The time that is left to read from the server, not less than zero.
	 */
	public Duration timeToRead() {
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
	public synchronized void abortWith(Runnable abort) {
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
	synchronized boolean endIfDue() {
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

	synchronized void end(String reason) {
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
	 * Notes where the request goes that is about to be sent.
	 * @param routes the routes, or {@code null} if it does not go by the prefix that was
	 * found out
	 */
	public void goesTo(@Nullable Routes routes) {
		this.routes = routes;
	}

	public @Nullable Routes routes() {
		return this.routes;
	}

	/**
	 * Notes that a request is about to be sent.
	 * @param readTimeout how long its response may take
	 * @throws InterruptedIOException if the call is to do no more
	 */
	public void sending(Duration readTimeout) throws InterruptedIOException {
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
	 * Whether the first bytes of the request that is about to be sent are written now.
	 */
	public boolean beginsToWrite() {
		boolean begins = this.unwritten;
		this.unwritten = false;
		return begins;
	}

	/**
	 * Notes that the server has answered the request that is written now before it had
	 * all of it, so that the rest is not written.
	 * @return {@code false} if no request is being written, but what goes before it
	 */
	public boolean cutShort() {
		this.cutShort = this.reading;
		return this.cutShort;
	}

	public boolean isCutShort() {
		return this.cutShort;
	}

	/**
	 * Notes that nothing was done of the last request, as a redirect tells.
	 */
	public void notDone() {
		this.sent = this.sentBefore;
	}

	/**
	 * Adds to a failure what this call knows: whether the request was sent, and why the
	 * call was ended.
	 */
	KratosException explained(KratosException failure) {
		KratosException explained = (failure instanceof KratosUnavailableException unavailable)
				? withReason(unavailable) : failure;
		explained.setRequestSent(this.sent);
		return explained;
	}

	/**
	 * Waits before a repeat.
	 * @return {@code false} if there is no time for that, or the wait was ended: there is
	 * to be no repeat then
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

	private KratosUnavailableException withReason(KratosUnavailableException failure) {
		Exception reason = isToEnd() ? this.ended : null;
		if (reason == null) {
			return failure;
		}
		reason.initCause(failure);
		return new KratosUnavailableException(this.invocation.name(), String.valueOf(reason.getMessage()), reason);
	}

}
