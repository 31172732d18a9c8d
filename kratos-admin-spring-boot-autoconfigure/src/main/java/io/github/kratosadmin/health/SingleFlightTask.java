package io.github.kratosadmin.health;

import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;

import org.jspecify.annotations.Nullable;

/**
 * A task that runs on its own thread, at most once at a time. Callers that submit it
 * during a run share the result. A slow task neither blocks its callers nor uses more
 * threads.
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
	 * Starts the task, unless it is already running.
	 * @return the result of the running task
	 */
	synchronized Future<T> submit() {
		FutureTask<T> running = this.current;
		if (running == null || running.isDone()) {
			running = new FutureTask<>(this.task);
			this.threads.newThread(running).start();
			// Only after the start, as a task never ends if its thread cannot start.
			this.current = running;
		}
		return running;
	}

}
