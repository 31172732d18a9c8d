package io.github.kratosadmin.autoconfigure;

import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;

import org.jspecify.annotations.Nullable;

/**
 * A question that may take longer than whoever asks can wait. It is asked on a thread of
 * its own, which ends with the answer; who asks meanwhile gets the same answer, so that
 * there is never more than one such thread.
 *
 * @param <T> the type of the answer
 */
class Inquiry<T> {

	private final ThreadFactory threads;

	private final Callable<T> question;

	private @Nullable FutureTask<T> current;

	Inquiry(ThreadFactory threads, Callable<T> question) {
		this.threads = threads;
		this.question = question;
	}

	synchronized Future<T> ask() {
		FutureTask<T> task = this.current;
		if (task == null || task.isDone()) {
			task = new FutureTask<>(this.question);
			this.threads.newThread(task).start();
			// Not before: a thread that cannot start would be waited for forever.
			this.current = task;
		}
		return task;
	}

}
