package io.github.kratosadmin.internal.operation;

import java.io.Closeable;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import io.github.kratosadmin.error.KratosException;
import org.jspecify.annotations.Nullable;

/**
 * The calls in progress. A watchdog thread enforces their deadlines: it sleeps until the
 * next deadline and exists only while there are calls. If no thread can be started,
 * socket timeouts, which depend on the {@link Call#timeToRead() time left}, still end a
 * call.
 */
public class ActiveCalls implements Closeable {

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
	public ActiveCalls(Duration timeout) {
		this(timeout, (run) -> new Thread(null, run, "kratos-admin-calls", 0, false));
	}

	public ActiveCalls(Duration timeout, ThreadFactory threads) {
		this.timeout = timeout;
		this.threads = threads;
	}

	/**
	 * How long a call takes at most.
	 */
	public Duration timeout() {
		return this.timeout;
	}

	/**
	 * The call that this thread makes.
	 */
	public @Nullable Call current() {
		return this.current.get();
	}

	/**
	 * Runs a call. An operation that it calls in turn, such as the lookup of the server
	 * version, is a part of it and shares its deadline.
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
			this.underWay.add(call);
			watch();
			if (isClosed()) {
				call.end(CLOSED);
			}
			return action.run(call);
		}
		catch (KratosException ex) {
			throw call.addReason(ex);
		}
		finally {
			this.current.remove();
			this.underWay.remove(call);
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
	 * Whether requests of this thread's call are to be sent on new connections.
	 */
	public boolean needNewConnections() {
		Call call = this.current.get();
		return call != null && call.needsNewConnections();
	}

	/**
	 * The time that is left of this thread's call.
	 */
	public Duration timeLeft() {
		Call call = this.current.get();
		return (call != null) ? call.timeLeft() : this.timeout;
	}

	/**
	 * Notes that the server did not process the last request of this thread.
	 */
	public void markNotProcessed() {
		Call call = this.current.get();
		if (call != null) {
			call.markNotProcessed();
		}
	}

	/**
	 * Notes the routes of the next request of this thread.
	 */
	public void setRoutes(@Nullable Routes routes) {
		Call call = this.current.get();
		if (call != null) {
			call.setRoutes(routes);
		}
	}

	/**
	 * What this thread's call asks for now: itself, or what belongs to it.
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
			// Also says that there can be no more threads. The call is bounded without.
		}
	}

	private void endOverdueCalls() {
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
	 * Sends the requests of a call.
	 */
	@FunctionalInterface
	public interface CallAction {

		@Nullable Object run(Call call) throws Throwable;

	}

}
