package io.github.kratosadmin.internal.operation;

import java.util.concurrent.Callable;

import io.micrometer.context.ContextSnapshotFactory;

import org.springframework.util.ClassUtils;

/**
 * Passes the thread-locals of the application on to other threads, such as those of its
 * security context or its log. Micrometer's library for this is optional.
 */
final class ThreadLocals {

	private static final boolean PRESENT = ClassUtils.isPresent("io.micrometer.context.ContextSnapshotFactory",
			ThreadLocals.class.getClassLoader());

	private ThreadLocals() {
	}

	/**
	 * Hands the thread-locals of this thread over to a task of another thread.
	 */
	static <T> Callable<T> handOver(Callable<T> task) {
		return PRESENT ? Snapshots.handOver(task) : task;
	}

	/**
	 * Loaded only if the library is present.
	 */
	private static final class Snapshots {

		private static final ContextSnapshotFactory FACTORY = ContextSnapshotFactory.builder().build();

		static <T> Callable<T> handOver(Callable<T> task) {
			return FACTORY.captureAll().wrap(task);
		}

	}

}
