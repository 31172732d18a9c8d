package io.github.kratosadmin.health;

import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;

import org.jspecify.annotations.Nullable;

/**
 * A task that runs at most once at a time, on its own thread. Callers that submit it
 * while it is running share its result. A caller need not wait for a slow task, and the
 * number of threads does not grow.
 *
 * @param <T> the type of the result
 */
class SingleFlightTask<T> {

	private final ThreadFactory threads;

	private final Callable<T> task;

	private @Nullable FutureTask<T> current;

	SingleFlightTask(ThreadFactory threads, Callable<T> task) {
		this.threads = threads;
		this.task = task;
	}

	/**
	 * Starts the task unless it is running.
	 * @return the result of the running task
	 */
	synchronized Future<T> submit() {
		FutureTask<T> running = this.current;
		if (running == null || running.isDone()) {
			running = new FutureTask<>(this.task);
			this.threads.newThread(running).start();
			// Only after the start: the task of a thread that cannot start never ends.
			this.current = running;
		}
		return running;
	}

}
