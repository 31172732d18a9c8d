package io.github.kratosadmin.internal.feign;

import java.io.Closeable;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.internal.operation.Action;
import io.github.kratosadmin.internal.operation.Uuids;
import org.jspecify.annotations.Nullable;

/**
 * Lets this client send only one change of an identity at a time. Kratos reads, changes
 * and writes an identity without a lock, even for a patch: of two concurrent changes one
 * would be lost, although both succeed.
 */
public final class IdentityLocks implements Closeable {

	private final Map<String, Turns> turns = new ConcurrentHashMap<>();

	private volatile boolean closed;

	/**
	 * Makes a change when no other thread makes one of the same identity. The thread that
	 * makes one may make others meanwhile, also of the same identity.
	 * @param id the identity's id, in any form
	 * @param timeout how long to wait for the others
	 * @throws KratosUnavailableException if they are not done by then, the thread is
	 * interrupted or the client closed: nothing was sent
	 */
	@Nullable Object change(String operation, String id, Duration timeout, Action change) throws Throwable {
		String key = Uuids.canonical(id);
		Turns turns = this.turns.compute(key, (same, present) -> ((present != null) ? present : new Turns()).used());
		try {
			take(turns, operation, timeout);
			try {
				return change.run();
			}
			finally {
				turns.give();
			}
		}
		finally {
			this.turns.computeIfPresent(key, (same, present) -> present.released() ? null : present);
		}
	}

	private void take(Turns turns, String operation, Duration timeout) {
		try {
			if (!turns.take(timeout.toNanos())) {
				Exception cause = this.closed ? new IllegalStateException("this KratosAdmin is closed")
						: new TimeoutException("another change of this identity was not done after " + timeout);
				throw notSent(operation, "nothing was sent, as " + cause.getMessage(), cause);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw notSent(operation,
					"nothing was sent, as the thread was interrupted while it waited for another change", ex);
		}
	}

	private static KratosUnavailableException notSent(String operation, String message, Exception cause) {
		KratosUnavailableException failure = new KratosUnavailableException(operation, message, cause);
		failure.setRequestSent(false);
		return failure;
	}

	/**
	 * Ends all waits at once, and those that begin later.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.turns.values().forEach(Turns::endWaits);
	}

	boolean isEmpty() {
		return this.turns.isEmpty();
	}

	/**
	 * How many threads wait to change an identity.
	 */
	int waiting(String id) {
		Turns turns = this.turns.get(Uuids.canonical(id));
		return (turns != null) ? turns.waiting() : 0;
	}

	/**
	 * Which thread's turn it is to change an identity. A lock of the JDK's does not let
	 * {@link #close()} end the wait for it.
	 */
	private final class Turns {

		/** Fair, so that who waits comes before who has just been. */
		private final ReentrantLock lock = new ReentrantLock(true);

		private final Condition given = this.lock.newCondition();

		private @Nullable Thread owner;

		private int depth;

		/** How many threads use this, told by the map's atomic operations only. */
		private int users;

		Turns used() {
			this.users++;
			return this;
		}

		boolean released() {
			return --this.users == 0;
		}

		/**
		 * Takes the turn when it is given, again where the thread has it.
		 * @return {@code false} if it was not given in time
		 */
		boolean take(long nanos) throws InterruptedException {
			this.lock.lockInterruptibly();
			try {
				long left = nanos;
				while (this.owner != null && this.owner != Thread.currentThread()) {
					if (left <= 0 || IdentityLocks.this.closed) {
						return false;
					}
					left = this.given.awaitNanos(left);
				}
				this.owner = Thread.currentThread();
				this.depth++;
				return true;
			}
			finally {
				this.lock.unlock();
			}
		}

		void give() {
			this.lock.lock();
			try {
				if (--this.depth == 0) {
					this.owner = null;
					this.given.signal();
				}
			}
			finally {
				this.lock.unlock();
			}
		}

		int waiting() {
			this.lock.lock();
			try {
				return this.lock.getWaitQueueLength(this.given);
			}
			finally {
				this.lock.unlock();
			}
		}

		void endWaits() {
			this.lock.lock();
			try {
				this.given.signalAll();
			}
			finally {
				this.lock.unlock();
			}
		}

	}

}
