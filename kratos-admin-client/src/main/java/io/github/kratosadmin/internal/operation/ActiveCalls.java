package io.github.kratosadmin.internal.operation;

import java.io.Closeable;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.observation.KratosAdminObservationDocumentation.Events;
import org.jspecify.annotations.Nullable;

/**
 * The calls in progress. A watchdog thread enforces their deadlines: it sleeps until the
 * next deadline and exists only while there are calls. If no thread can be started,
 * socket timeouts, which depend on the {@link Call#timeToRead() time left}, still end a
 * call.
 */
public class ActiveCalls implements Closeable {

	/** How long the watchdog waits for another call before it ends. */
	private static final long LINGER = TimeUnit.SECONDS.toNanos(1);

	/** How long to wait after an error, such as a temporary lack of memory. */
	private static final long RECOVERY = TimeUnit.MILLISECONDS.toNanos(10);

	private final Duration timeout;

	private final Set<Call> active = ConcurrentHashMap.newKeySet();

	private final ThreadLocal<@Nullable Call> current = new ThreadLocal<>();

	private final AtomicReference<@Nullable Thread> watch = new AtomicReference<>();

	private final CountDownLatch closed = new CountDownLatch(1);

	private final ThreadFactory threads;

	private volatile @Nullable String serverDate;

	/**
	 * Creates an instance without calls.
	 * @param timeout the maximum duration of a call
	 */
	public ActiveCalls(Duration timeout) {
		this(timeout, (run) -> new Thread(null, run, "kratos-admin-calls", 0, false));
	}

	public ActiveCalls(Duration timeout, ThreadFactory threads) {
		this.timeout = timeout;
		this.threads = threads;
	}

	/**
	 * The maximum duration of a call.
	 */
	public Duration timeout() {
		return this.timeout;
	}

	/**
	 * The call of this thread, or {@code null} if there is none.
	 */
	public @Nullable Call current() {
		return this.current.get();
	}

	/**
	 * Runs a call. An operation within a call, such as the lookup of the server version,
	 * is part of it and shares its deadline.
	 * @param invocation the operation and its arguments
	 * @param action sends the requests of the call
	 * @return the result of the action
	 * @throws Throwable the failure of the action
	 */
	public @Nullable Object run(Invocation invocation, CallAction action) throws Throwable {
		Call outer = this.current.get();
		if (outer != null) {
			return outer.runNested(invocation, action);
		}
		Call call = new Call(invocation, this.timeout, this.closed);
		try {
			this.current.set(call);
			this.active.add(call);
			watch();
			if (isClosed()) {
				call.end(Call.CLOSED);
			}
			return action.run(call);
		}
		catch (KratosException ex) {
			throw call.addReason(ex);
		}
		finally {
			this.current.remove();
			this.active.remove(call);
		}
	}

	/**
	 * Runs a step that only an interruption can end, as part of the call of this thread.
	 * Without a call, for example before a request of another thread, the step has the
	 * time of a call.
	 * @throws CallOverException if the time is over before the step has a result
	 */
	public <T> T interruptibly(Supplier<T> step) {
		Call call = this.current.get();
		return (call != null) ? call.interruptibly(step) : beforeCall(step);
	}

	private <T> T beforeCall(Supplier<T> step) {
		Call call = new Call(null, this.timeout, this.closed);
		try {
			this.active.add(call);
			watch();
			if (isClosed()) {
				call.end(Call.CLOSED);
			}
			return call.interruptibly(step);
		}
		finally {
			this.active.remove(call);
		}
	}

	/**
	 * Runs requests that support the call of this thread but are not its own:
	 * {@link KratosException#isRequestSent()} does not count them.
	 */
	public <T> T runNested(Supplier<T> request) {
		Call call = this.current.get();
		return (call != null) ? call.runNested(request) : request.get();
	}

	/**
	 * Runs a part of the call of this thread, with each request on a new connection.
	 */
	public <T> T onNewConnections(Supplier<T> request) {
		Call call = this.current.get();
		return (call != null) ? call.onNewConnections(request) : request.get();
	}

	/**
	 * Whether the requests of this thread's call need new connections.
	 */
	public boolean needNewConnections() {
		Call call = this.current.get();
		return call != null && call.needsNewConnections();
	}

	/**
	 * The time left for this thread's call.
	 */
	public Duration timeLeft() {
		Call call = this.current.get();
		return (call != null) ? call.timeLeft() : this.timeout;
	}

	/**
	 * Whether a read of this thread's call may be sent again with another token, at most
	 * once.
	 */
	public boolean renewToken() {
		Call call = this.current.get();
		return call != null && call.renewToken();
	}

	/**
	 * Marks the last request of this thread as not processed by the server.
	 */
	public void markNotProcessed() {
		Call call = this.current.get();
		if (call != null) {
			call.markNotProcessed();
		}
	}

	/**
	 * Notifies the listener of this thread's call of an event.
	 */
	public void signal(Events event) {
		Call call = this.current.get();
		if (call != null) {
			call.signal(event);
		}
	}

	/**
	 * The headers that are only for this thread's call.
	 */
	public Map<String, String> headersOfCall() {
		Call call = this.current.get();
		return (call != null) ? call.headers() : Map.of();
	}

	/**
	 * Records a response to this thread's call.
	 */
	public void responded(int status, @Nullable String requestId) {
		Call call = this.current.get();
		if (call != null) {
			call.responded(status, requestId);
		}
	}

	/**
	 * Sets the {@code Date} header of the last response, in any thread.
	 */
	public void setServerDate(@Nullable String date) {
		this.serverDate = date;
	}

	/**
	 * The {@code Date} header of the last response in any thread, or {@code null} if it
	 * had none.
	 */
	public @Nullable String serverDate() {
		return this.serverDate;
	}

	/**
	 * Sets the routes of the next request of this thread.
	 */
	public void setRoutes(@Nullable Routes routes) {
		Call call = this.current.get();
		if (call != null) {
			call.setRoutes(routes);
		}
	}

	/**
	 * The current operation of this thread's call, and its arguments.
	 * @throws IllegalStateException if this thread makes no call
	 */
	public Invocation invocation() {
		Call call = this.current.get();
		if (call == null) {
			throw new IllegalStateException("A request can be sent only within a call");
		}
		return call.invocation();
	}

	public boolean isClosed() {
		return this.closed.getCount() == 0;
	}

	/**
	 * Starts the watchdog if there is none. If that fails, the next call tries again.
	 */
	private void watch() {
		if (this.watch.get() != null || isClosed()) {
			return;
		}
		try {
			Thread thread = this.threads.newThread(this::endOverdueCalls);
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
			// Also thrown if no more threads can be started. Socket timeouts still
			// limit the call.
		}
	}

	private void endOverdueCalls() {
		boolean idle = false;
		while (!isClosed()) {
			try {
				long wait = nextDeadline();
				if (wait == Long.MAX_VALUE && idle && this.active.isEmpty()) {
					break;
				}
				idle = wait == Long.MAX_VALUE;
				// At most the duration of a call that starts in the meantime.
				LockSupport.parkNanos(this, Math.min(wait, idle ? Math.min(LINGER, this.timeout.toNanos()) : wait));
			}
			catch (Throwable ex) {
				// After an error, such as a temporary lack of memory, calls keep their
				// deadlines.
				LockSupport.parkNanos(this, RECOVERY);
			}
		}
		this.watch.set(null);
		if (!this.active.isEmpty()) {
			// A call has just started, and still saw this thread.
			watch();
		}
	}

	/**
	 * Ends calls that have reached their deadline.
	 * @return the time until the next deadline, in nanoseconds
	 */
	private long nextDeadline() {
		long next = Long.MAX_VALUE;
		for (Call call : this.active) {
			if (!call.endIfDue()) {
				next = Math.min(next, Math.max(call.timeLeft().toNanos(), RECOVERY));
			}
		}
		return next;
	}

	/**
	 * Ends all calls immediately.
	 */
	@Override
	public void close() {
		this.closed.countDown();
		LockSupport.unpark(this.watch.get());
		this.active.forEach((call) -> call.end(Call.CLOSED));
	}

	/**
	 * Sends the requests of a call.
	 */
	@FunctionalInterface
	public interface CallAction {

		@Nullable Object run(Call call) throws Throwable;

	}

}
