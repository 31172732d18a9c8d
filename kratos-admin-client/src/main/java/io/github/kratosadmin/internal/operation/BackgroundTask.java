package io.github.kratosadmin.internal.operation;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

import org.jspecify.annotations.Nullable;

/**
 * A task of {@link BackgroundTasks}.
 *
 * @param <T> the type of the result
 */
public final class BackgroundTask<T> extends FutureTask<T> {

	private final Runnable listener;

	private @Nullable Thread thread;

	private boolean interrupted;

	private volatile boolean started;

	private volatile boolean over;

	/**
	 * Creates a task.
	 * @param call the action
	 * @param listener called when the task is done, whether it was run or canceled
	 */
	public BackgroundTask(Callable<T> call, Runnable listener) {
		super(call);
		this.listener = listener;
	}

	@Override
	public void run() {
		starts(Thread.currentThread());
		try {
			super.run();
		}
		finally {
			ends();
		}
	}

	private synchronized void starts(Thread thread) {
		this.started = true;
		this.thread = thread;
		if (this.interrupted) {
			thread.interrupt();
		}
	}

	private synchronized void ends() {
		this.over = true;
		this.thread = null;
		if (this.interrupted) {
			// The next task of the thread is not to be interrupted.
			Thread.interrupted();
		}
	}

	/**
	 * Interrupts the thread that is running this task or is about to. The task keeps its
	 * result.
	 */
	public synchronized void interrupt() {
		this.interrupted = true;
		if (this.thread != null) {
			this.thread.interrupt();
		}
	}

	public boolean isStarted() {
		return this.started;
	}

	/**
	 * Whether the task does not run any more. It has no result if its thread has died.
	 */
	public boolean isOver() {
		return this.over || isDone();
	}

	@Override
	protected void done() {
		this.listener.run();
	}

}
