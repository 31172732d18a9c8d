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
 * The calls that are under way. A thread ends those that take too long, with all that
 * they consist of: it sleeps until the first of them has to be over, and is there only
 * while there are calls. Without it, as where no thread can be started, a call still ends
 * by what it waits for, which it is told the {@link Call#timeToRead() time} of.
 */
public class Calls implements Closeable {

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
	public Calls(Duration timeout) {
		this(timeout, (run) -> new Thread(null, run, "kratos-admin-calls", 0, false));
	}

	public Calls(Duration timeout, ThreadFactory threads) {
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
	 * Makes a call. What a call asks for meanwhile, such as the version of the server, is
	 * a part of it and has no time of its own.
	 * @param invocation the operation and its arguments
	 * @param steps the requests of the call
	 * @return the result of the steps
	 * @throws Throwable the failure of the steps
	 */
	public @Nullable Object make(Invocation invocation, Steps steps) throws Throwable {
		Call outer = this.current.get();
		if (outer != null) {
			return outer.aside(invocation, steps);
		}
		Call call = new Call(invocation, this.timeout, this.closed);
		try {
			this.current.set(call);
			this.underWay.add(call);
			watch();
			if (isClosed()) {
				call.end(CLOSED);
			}
			return steps.take(call);
		}
		catch (KratosException ex) {
			throw call.explained(ex);
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
	public <T> T aside(Supplier<T> aside) {
		Call call = this.current.get();
		return (call != null) ? call.aside(aside) : aside.get();
	}

	/**
	 * Asks for what belongs to the call of this thread, each request on a new connection.
	 */
	public <T> T onNewConnections(Supplier<T> aside) {
		Call call = this.current.get();
		return (call != null) ? call.onNewConnections(aside) : aside.get();
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
	 * Notes that the server has refused what this thread's call has sent, without doing
	 * it.
	 */
	public void notDone() {
		Call call = this.current.get();
		if (call != null) {
			call.notDone();
		}
	}

	/**
	 * Notes where the request goes that this thread's call is about to send.
	 */
	public void goesTo(@Nullable Routes routes) {
		Call call = this.current.get();
		if (call != null) {
			call.goesTo(routes);
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
	public interface Steps {

		@Nullable Object take(Call call) throws Throwable;

	}

}
