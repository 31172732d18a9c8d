package io.github.kratosadmin.internal.paging;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;

import io.github.kratosadmin.error.KratosUnauthorizedException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.internal.operation.CallerContext;
import io.github.kratosadmin.paging.Page;
import org.jspecify.annotations.Nullable;

/**
 * Requests the next page in another thread while the current page is being read.
 *
 * @param <T> the type of the items
 */
final class PrefetchingPages<T> implements Function<@Nullable String, Page<T>> {

	private final String operation;

	private final Function<@Nullable String, Page<T>> fetch;

	private final CallerContext context;

	private final ThreadFactory threads;

	private volatile @Nullable FutureTask<Page<T>> next;

	private boolean notStarted;

	private volatile boolean closed;

	PrefetchingPages(String operation, Function<@Nullable String, Page<T>> fetch) {
		this(operation, fetch, (task) -> new Thread(task, "kratos-export"));
	}

	PrefetchingPages(String operation, Function<@Nullable String, Page<T>> fetch, ThreadFactory threads) {
		this.threads = threads;
		this.operation = operation;
		this.fetch = fetch;
		this.context = CallerContext.current();
	}

	/**
	 * Returns the page with a token: the first page, and then each following one.
	 */
	@Override
	public Page<T> apply(@Nullable String pageToken) {
		FutureTask<Page<T>> ahead = this.next;
		Page<T> page;
		try {
			page = (ahead != null) ? await(ahead, pageToken) : this.fetch.apply(pageToken);
		}
		finally {
			// This page is not returned again, even if it failed.
			this.next = null;
		}
		this.next = (page.nextPageToken() != null) ? start(page.nextPageToken()) : null;
		if (this.closed) {
			close();
		}
		return page;
	}

	/**
	 * Requests a page ahead.
	 * @return the page, or {@code null} if the provider of the bearer token failed: the
	 * page is then requested when it is needed, so that the current page is not lost
	 */
	private @Nullable FutureTask<Page<T>> start(String pageToken) {
		Callable<Page<T>> call;
		try {
			call = this.context.handOver(() -> this.fetch.apply(pageToken));
		}
		catch (RuntimeException ex) {
			return null;
		}
		FutureTask<Page<T>> task = new FutureTask<>(call);
		Thread thread = this.threads.newThread(task);
		thread.setDaemon(true);
		try {
			thread.start();
		}
		catch (OutOfMemoryError ex) {
			// The thread that reads the stream requests the page instead.
			this.notStarted = true;
		}
		return task;
	}

	private Page<T> await(FutureTask<Page<T>> page, @Nullable String pageToken) {
		if (this.notStarted) {
			this.notStarted = false;
			page.run();
		}
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
		FutureTask<Page<T>> ahead = this.next;
		if (ahead != null) {
			ahead.cancel(true);
		}
	}

}
