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
 * Makes this client send only one change of an identity at a time. Kratos reads, changes
 * and writes an identity without a lock, even for a patch. Of two concurrent changes, one
 * would be lost although both succeed.
 */
final class IdentityLocks implements Closeable {

	private final Map<String, Turns> turns = new ConcurrentHashMap<>();

	private volatile boolean closed;

	/**
	 * Makes a change once no other thread is changing the same identity. During a change,
	 * the same thread may make other changes, including of the same identity.
	 * @param id the identity's id, in any form
	 * @param timeout how long to wait for other threads
	 * @throws KratosUnavailableException if the wait times out, the thread is interrupted
	 * or the client is closed: nothing was sent
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
						: new TimeoutException("another change of this identity had not ended after " + timeout);
				throw notSent(operation, "nothing was sent, as " + cause.getMessage(), cause);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw notSent(operation, "nothing was sent, as the thread was interrupted while waiting for another change",
					ex);
		}
	}

	private static KratosUnavailableException notSent(String operation, String message, Exception cause) {
		KratosUnavailableException failure = new KratosUnavailableException(operation, message, cause);
		failure.setRequestSent(false);
		return failure;
	}

	/**
	 * Ends all waits immediately, including those that start later.
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
	 * The number of threads that wait to change an identity.
	 */
	int waiting(String id) {
		Turns turns = this.turns.get(Uuids.canonical(id));
		return (turns != null) ? turns.waiting() : 0;
	}

	/**
	 * The lock of an identity. {@link #close()} could not end the wait for a lock of the
	 * JDK.
	 */
	private final class Turns {

		/** Fair, so that a waiting thread precedes the one that has just released it. */
		private final ReentrantLock lock = new ReentrantLock(true);

		private final Condition given = this.lock.newCondition();

		private @Nullable Thread owner;

		private int depth;

		/**
		 * The number of threads using this. Only changed in atomic operations of the map.
		 */
		private int users;

		Turns used() {
			this.users++;
			return this;
		}

		boolean released() {
			return --this.users == 0;
		}

		/**
		 * Waits for the turn of this thread. A thread may take its turn again.
		 * @return {@code false} if the wait timed out or the client was closed
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
