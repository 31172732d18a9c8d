package io.github.kratosadmin.internal.operation;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * Runs tasks in threads of an executor, or in threads of the client. An executor may
 * reject a task, or never run it: all its threads may be waiting for such tasks. A task
 * can therefore be taken back until it starts.
 * <p>
 * The executor does not get the tasks, but signals to run one of those that are waiting.
 * Thus its queue, which may be endless, holds no data of tasks that were taken back, and
 * no more signals than tasks were waiting at the same time.
 */
public final class BackgroundTasks {

	/** How long a thread of the client waits for another task before it ends. */
	private static final long IDLE_MILLIS = 100;

	private final Executor executor;

	private final boolean ownThreads;

	private final Queue<BackgroundTask<?>> waiting = new ConcurrentLinkedQueue<>();

	/** The number of signals that have not been run. */
	private final AtomicInteger signals = new AtomicInteger();

	private BackgroundTasks(Executor executor, boolean ownThreads) {
		this.executor = executor;
		this.ownThreads = ownThreads;
	}

	/**
	 * Creates an instance without tasks.
	 * @param executor runs the tasks
	 */
	static BackgroundTasks withExecutor(Executor executor) {
		return new BackgroundTasks(executor, false);
	}

	/**
	 * Creates an instance without tasks.
	 * @param threads {@link #newThreads threads of the client}, which may also run the
	 * tasks of other instances
	 */
	static BackgroundTasks withThreads(Executor threads) {
		return new BackgroundTasks(threads, true);
	}

	/**
	 * Returns an executor that starts a thread unless one is idle. It has no thread for
	 * long after the last task, and needs no shutdown. As the next task may be that of
	 * another caller, its threads inherit no thread-locals.
	 */
	static Executor newThreads(String name) {
		return new ThreadPoolExecutor(0, Integer.MAX_VALUE, IDLE_MILLIS, TimeUnit.MILLISECONDS,
				new SynchronousQueue<>(), (task) -> {
					Thread thread = new Thread(null, task, name, 0, false);
					thread.setDaemon(true);
					// Since Java 19, it would be the system class loader.
					thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
					return thread;
				});
	}

	/**
	 * Adds a task. If the executor rejects it, or no thread can be started, it waits to
	 * be taken back.
	 */
	public void start(BackgroundTask<?> task) {
		this.waiting.add(task);
		if (this.signals.get() >= this.waiting.size()) {
			return;
		}
		this.signals.incrementAndGet();
		boolean accepted = false;
		try {
			this.executor.execute(this::runNext);
			accepted = true;
		}
		catch (RejectedExecutionException | OutOfMemoryError ex) {
			// An error is also thrown if no more threads can be started.
		}
		finally {
			if (!accepted) {
				this.signals.decrementAndGet();
			}
		}
	}

	private void runNext() {
		this.signals.decrementAndGet();
		BackgroundTask<?> task = this.waiting.poll();
		if (task != null) {
			task.run();
		}
	}

	/**
	 * Takes back the first task that has not started, so that this thread can run it. A
	 * task that a thread of the client is about to run is not taken back.
	 * @return the task, or {@code null} if there is none
	 */
	public @Nullable BackgroundTask<?> takeBack() {
		return (this.ownThreads && this.signals.get() > 0) ? null : this.waiting.poll();
	}

	/**
	 * Cancels a task if it has not started.
	 */
	public void cancelIfWaiting(BackgroundTask<?> task) {
		if (this.waiting.remove(task)) {
			task.cancel(false);
		}
	}

	/**
	 * Cancels all tasks that have not started.
	 */
	public void cancelWaiting() {
		this.waiting.forEach(this::cancelIfWaiting);
	}

}
