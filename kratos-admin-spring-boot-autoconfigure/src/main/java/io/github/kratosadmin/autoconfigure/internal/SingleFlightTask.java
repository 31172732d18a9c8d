package io.github.kratosadmin.autoconfigure.internal;

import java.time.Duration;
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
public final class SingleFlightTask<T> {

	private final ThreadFactory threads;

	private final Callable<T> task;

	private final long intervalNanos;

	private @Nullable FutureTask<T> current;

	private long started;

	/**
	 * Creates a task that runs again when it is submitted after a run.
	 * @param threads creates the thread of each run
	 * @param task the task
	 */
	public SingleFlightTask(ThreadFactory threads, Callable<T> task) {
		this(threads, task, Duration.ZERO);
	}

	/**
	 * Creates a task whose callers also share the result after the run.
	 * @param threads creates the thread of each run
	 * @param task the task
	 * @param interval the shortest time from the start of a run to the next one
	 */
	public SingleFlightTask(ThreadFactory threads, Callable<T> task, Duration interval) {
		this.threads = threads;
		this.task = task;
		this.intervalNanos = interval.toNanos();
	}

	/**
	 * Starts the task, unless it is running or has started within the interval.
	 * @return the result of the last run
	 */
	public synchronized Future<T> submit() {
		FutureTask<T> run = this.current;
		if (run == null || (run.isDone() && System.nanoTime() - this.started >= this.intervalNanos)) {
			run = new FutureTask<>(this.task);
			this.threads.newThread(run).start();
			// Only after the start, as a task never ends if its thread cannot start.
			this.current = run;
			this.started = System.nanoTime();
		}
		return run;
	}

}
