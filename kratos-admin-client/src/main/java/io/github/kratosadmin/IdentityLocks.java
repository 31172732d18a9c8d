package io.github.kratosadmin;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.identity.IdentityApi;
import org.jspecify.annotations.Nullable;

/**
 * Lets this client make one change of an identity at a time. Kratos reads an identity,
 * changes it and writes it without a lock, also for a patch: of two changes at the same
 * time one would be lost, and both succeed.
 */
final class IdentityLocks {

	private static final Set<String> CHANGES = Set.of("update", "updateIdentity", "patchIdentity",
			"deleteIdentityCredentials");

	private final Map<String, Lock> locks = new ConcurrentHashMap<>();

	/**
	 * Whether a method changes an identity, whose id is its first argument.
	 */
	static boolean isChange(Method method) {
		return method.getDeclaringClass() == IdentityApi.class && CHANGES.contains(method.getName());
	}

	/**
	 * Makes a change when no other thread makes one of the same identity. The thread that
	 * makes one may make others meanwhile, also of the same identity.
	 * @param id the identity's id, in any form
	 * @param timeout how long to wait for the others
	 * @throws KratosUnavailableException if they are not done by then, or the thread is
	 * interrupted: nothing was sent
	 */
	@Nullable Object change(String operation, String id, Duration timeout, Change change) throws Throwable {
		String key = Uuids.canonical(id);
		Lock lock = this.locks.compute(key, (same, present) -> ((present != null) ? present : new Lock()).used());
		try {
			lock(lock, operation, timeout);
			try {
				return change.make();
			}
			finally {
				lock.unlock();
			}
		}
		finally {
			this.locks.computeIfPresent(key, (same, present) -> present.released() ? null : present);
		}
	}

	private static void lock(Lock lock, String operation, Duration timeout) {
		try {
			if (!lock.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
				throw notSent(operation,
						"nothing was sent, as another change of this identity was not done after " + timeout,
						new TimeoutException("another change of this identity was not done after " + timeout));
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

	boolean isEmpty() {
		return this.locks.isEmpty();
	}

	/**
	 * A change of an identity.
	 */
	@FunctionalInterface
	interface Change {

		@Nullable Object make() throws Throwable;

	}

	/**
	 * A lock that knows how many threads have it or wait for it. The count is only used
	 * inside of the map's atomic operations.
	 */
	@SuppressWarnings("serial") // Nobody writes it.
	private static final class Lock extends ReentrantLock {

		private int users;

		Lock() {
			super(true);
		}

		Lock used() {
			this.users++;
			return this;
		}

		boolean released() {
			return --this.users == 0;
		}

	}

}
