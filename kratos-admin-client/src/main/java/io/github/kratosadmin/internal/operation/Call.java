package io.github.kratosadmin.internal.operation;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.observation.KratosAdminObservationDocumentation.Events;
import org.jspecify.annotations.Nullable;

/**
 * A call in progress: its deadline, and whether its request was sent.
 */
public final class Call {

	static final String CLOSED = "this KratosAdmin is closed";

	private final Thread thread;

	private final long start;

	private final Duration timeout;

	private final CountDownLatch closed;

	private Consumer<Events> listener = (event) -> {
	};

	private Map<String, String> headers = Map.of();

	private @Nullable Runnable abort;

	private @Nullable Exception ended;

	private boolean aborted;

	private volatile long readDeadline;

	private volatile boolean reading;

	private boolean notWritten;

	private boolean retrying;

	private boolean tokenRenewed;

	private int nested;

	private boolean newConnections;

	private boolean sent;

	private boolean previouslySent;

	private boolean writingStopped;

	private int status;

	private @Nullable String requestId;

	private @Nullable Invocation invocation;

	private @Nullable Routes routes;

	Call(@Nullable Invocation invocation, Duration timeout, CountDownLatch closed) {
		this.invocation = invocation;
		this.thread = Thread.currentThread();
		this.start = System.nanoTime();
		this.timeout = timeout;
		this.closed = closed;
	}

	/**
	 * The current operation and its arguments: those of the call, or of an operation that
	 * runs as a part of it.
	 */
	public Invocation invocation() {
		Invocation invocation = this.invocation;
		if (invocation == null) {
			throw new IllegalStateException("This is a step before a call");
		}
		return invocation;
	}

	/**
	 * Sets the listener that is notified of the events of this call.
	 */
	public void setListener(Consumer<Events> listener) {
		this.listener = listener;
	}

	/**
	 * Sets the headers of each request to the admin API that are only for this call, such
	 * as those that continue a trace of the application.
	 */
	public void setHeaders(Map<String, String> headers) {
		this.headers = headers;
	}

	Map<String, String> headers() {
		return this.headers;
	}

	/**
	 * Notifies the listener of an event.
	 */
	void signal(Events event) {
		this.listener.accept(event);
	}

	/**
	 * Runs another operation as part of this call.
	 */
	@Nullable Object runNested(Invocation invocation, ActiveCalls.CallAction action) throws Throwable {
		Invocation outer = this.invocation;
		this.invocation = invocation;
		this.nested++;
		try {
			return action.run(this);
		}
		finally {
			this.nested--;
			this.invocation = outer;
		}
	}

	<T> T runNested(Supplier<T> request) {
		this.nested++;
		try {
			return request.get();
		}
		finally {
			this.nested--;
		}
	}

	<T> T onNewConnections(Supplier<T> request) {
		this.newConnections = true;
		try {
			return request.get();
		}
		finally {
			this.newConnections = false;
		}
	}

	boolean needsNewConnections() {
		return this.newConnections;
	}

	/**
	 * The time left, at least zero.
	 */
	public Duration timeLeft() {
		long left = TimeUnit.NANOSECONDS.convert(this.timeout) - (System.nanoTime() - this.start);
		return Duration.ofNanos(Math.max(left, 0));
	}

	/**
	 * The time left to read from the server, at least zero.
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
	 * Sets how to abort the next step of the call. If the call is over, the step is
	 * aborted immediately.
	 */
	public synchronized void abortWith(Runnable abort) {
		this.reading = false;
		this.writingStopped = false;
		this.abort = abort;
		this.aborted = false;
		endIfDue();
	}

	/**
	 * Aborts the call if it is over.
	 * @return whether the deadline needs no further attention, until the call starts
	 * another step
	 */
	synchronized boolean endIfDue() {
		if (!isEnded()) {
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

	/**
	 * Runs a step that only an interruption of this thread can end, such as that of an
	 * application's provider of tokens. The interruption by this call does not last
	 * longer than the step.
	 * @throws CallOverException if the call is over before the step has a result
	 */
	<T> T interruptibly(Supplier<T> step) {
		if (isOver()) {
			throw over(null);
		}
		AtomicBoolean interrupted = new AtomicBoolean();
		abortWith(() -> {
			interrupted.set(!this.thread.isInterrupted());
			this.thread.interrupt();
		});
		try {
			return step.get();
		}
		catch (RuntimeException ex) {
			throw isOver() ? over(ex) : ex;
		}
		finally {
			abortWith(() -> {
			});
			if (interrupted.get()) {
				Thread.interrupted();
			}
		}
	}

	private synchronized CallOverException over(@Nullable Throwable cause) {
		return new CallOverException((this.ended != null) ? this.ended.getMessage() : null, cause);
	}

	private synchronized boolean isEnded() {
		if (this.ended == null && this.closed.getCount() == 0) {
			// Before close() has come to this call, so that it sends nothing any more.
			this.ended = new InterruptedIOException(CLOSED);
		}
		if (this.ended == null && timeLeft().isZero()) {
			this.ended = new TimeoutException("the call was not over after " + this.timeout);
		}
		return this.ended != null;
	}

	/**
	 * Sets the routes of the next request.
	 * @param routes the routes, or {@code null} if the request does not use the detected
	 * prefix
	 */
	public void setRoutes(@Nullable Routes routes) {
		this.routes = routes;
	}

	public @Nullable Routes routes() {
		return this.routes;
	}

	/**
	 * Prepares for sending a request.
	 * @param readTimeout the maximum time for the response
	 * @throws InterruptedIOException if the call is over
	 */
	public void beforeSend(Duration readTimeout) throws InterruptedIOException {
		if (isOver()) {
			throw new InterruptedIOException("the call is over");
		}
		this.readDeadline = System.nanoTime() + readTimeout.toNanos();
		this.reading = true;
		this.notWritten = true;
		this.writingStopped = false;
		this.previouslySent = this.sent;
		this.sent |= this.nested == 0;
	}

	/**
	 * Returns whether the next bytes to write are the first of the request.
	 */
	public boolean startWriting() {
		boolean begins = this.notWritten;
		this.notWritten = false;
		return begins;
	}

	/**
	 * Stops writing the request, because the server has responded before reading all of
	 * it.
	 * @return {@code false} if the request itself is not being written yet
	 */
	public boolean stopWriting() {
		this.writingStopped = this.reading;
		return this.writingStopped;
	}

	public boolean isWritingStopped() {
		return this.writingStopped;
	}

	/**
	 * Marks the last request as not processed by the server, as after a redirect.
	 */
	public void markNotProcessed() {
		this.sent = this.previouslySent;
	}

	/**
	 * Records a response, unless the request only supports the call.
	 * @param status the status
	 * @param requestId the id of the request in the log of the server, {@code null} if
	 * the response has none
	 */
	public void responded(int status, @Nullable String requestId) {
		if (this.nested == 0) {
			this.status = status;
			this.requestId = requestId;
		}
	}

	/**
	 * The status of the last response, or 0 if there is none.
	 */
	public int status() {
		return this.status;
	}

	/**
	 * The request id of the last response, {@code null} if there is none.
	 */
	public @Nullable String requestId() {
		return this.requestId;
	}

	/**
	 * Adds to a failure whether the request was sent and why the call was ended.
	 */
	KratosException addReason(KratosException failure) {
		KratosException explained = (failure instanceof KratosUnavailableException unavailable)
				? withReason(unavailable) : failure;
		explained.setRequestSent(this.sent);
		return explained;
	}

	/**
	 * Waits before a retry.
	 * @return whether to retry: {@code false} if there is not enough time left or the
	 * wait was ended
	 */
	boolean waitBeforeRetry(long millis) {
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
	 * Whether a read of this call may be retried. A read that is part of another is not
	 * retried, as the other one is.
	 */
	boolean startRetries() {
		boolean first = !this.retrying;
		this.retrying = true;
		return first;
	}

	void endRetries() {
		this.retrying = false;
	}

	/**
	 * Whether a read of this call may be sent again with another token.
	 */
	boolean renewToken() {
		boolean first = !this.tokenRenewed;
		this.tokenRenewed = true;
		return first;
	}

	/**
	 * Whether the call has been ended.
	 */
	synchronized boolean isOver() {
		if (this.ended == null && this.thread.isInterrupted()) {
			this.ended = new InterruptedIOException("the thread was interrupted");
		}
		return isEnded();
	}

	private KratosUnavailableException withReason(KratosUnavailableException failure) {
		Exception reason = isOver() ? this.ended : null;
		if (reason == null) {
			return failure;
		}
		reason.initCause(failure);
		return new KratosUnavailableException(invocation().name(), String.valueOf(reason.getMessage()), reason);
	}

}
