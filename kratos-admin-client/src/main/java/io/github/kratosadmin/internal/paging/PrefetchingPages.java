package io.github.kratosadmin.internal.paging;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

import io.github.kratosadmin.error.KratosUnauthorizedException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.internal.operation.BackgroundTask;
import io.github.kratosadmin.internal.operation.BackgroundTasks;
import io.github.kratosadmin.internal.operation.CallerContext;
import io.github.kratosadmin.paging.Page;
import org.jspecify.annotations.Nullable;

/**
 * Requests the next page in another thread while the current page is being read. If that
 * thread has not started when the page is needed, the thread that reads the stream
 * requests the page.
 *
 * @param <T> the type of the items
 */
final class PrefetchingPages<T> implements Function<@Nullable String, Page<T>> {

	private final String operation;

	private final Function<@Nullable String, Page<T>> fetch;

	private final CallerContext context;

	private final BackgroundTasks tasks;

	private volatile @Nullable BackgroundTask<Page<T>> next;

	private volatile boolean closed;

	PrefetchingPages(String operation, Function<@Nullable String, Page<T>> fetch) {
		this(operation, fetch, CallerContext.current());
	}

	PrefetchingPages(String operation, Function<@Nullable String, Page<T>> fetch, CallerContext context) {
		this.operation = operation;
		this.fetch = fetch;
		this.context = context;
		this.tasks = context.newTasks("kratos-export");
	}

	/**
	 * Returns the page with a token: the first page, and then each following one.
	 */
	@Override
	public Page<T> apply(@Nullable String pageToken) {
		BackgroundTask<Page<T>> ahead = this.next;
		Page<T> page;
		try {
			page = (ahead != null && this.tasks.takeBack() == null) ? await(ahead, pageToken)
					: this.fetch.apply(pageToken);
		}
		finally {
			// This page is not returned again, even if it failed.
			this.next = null;
		}
		if (page.nextPageToken() != null) {
			start(page.nextPageToken());
		}
		if (this.closed) {
			close();
		}
		return page;
	}

	/**
	 * Requests a page ahead. If the provider of the bearer token fails, the page is
	 * requested when it is needed, so that the current page is not lost.
	 */
	private void start(String pageToken) {
		Callable<Page<T>> call;
		try {
			call = this.context.handOver(() -> this.fetch.apply(pageToken));
		}
		catch (RuntimeException ex) {
			return;
		}
		BackgroundTask<Page<T>> task = new BackgroundTask<>(call, () -> {
		});
		this.next = task;
		this.tasks.start(task);
	}

	private Page<T> await(BackgroundTask<Page<T>> page, @Nullable String pageToken) {
		try {
			return page.get();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof KratosUnauthorizedException && this.context.hasRenewableToken()) {
				// Only this thread can ask the provider for another token.
				return this.fetch.apply(pageToken);
			}
			if (ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			if (ex.getCause() instanceof Error cause) {
				throw cause;
			}
			throw new IllegalStateException(ex.getCause());
		}
		catch (CancellationException ex) {
			throw new IllegalStateException("The stream is closed", ex);
		}
		catch (InterruptedException ex) {
			close();
			Thread.currentThread().interrupt();
			throw new KratosUnavailableException(this.operation, "the thread was interrupted", ex);
		}
	}

	/**
	 * Ends the running request. May be called by another thread.
	 */
	void close() {
		this.closed = true;
		BackgroundTask<Page<T>> ahead = this.next;
		if (ahead != null) {
			this.tasks.cancelWaiting();
			ahead.cancel(false);
			ahead.interrupt();
		}
	}

}
