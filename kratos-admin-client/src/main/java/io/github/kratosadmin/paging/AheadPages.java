package io.github.kratosadmin.paging;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

import io.github.kratosadmin.error.KratosUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the next page while the last one is read, in a thread of its own.
 *
 * @param <T> the type of the items
 */
final class AheadPages<T> implements Function<@Nullable String, Page<T>> {

	private final String operation;

	private final Function<@Nullable String, Page<T>> fetch;

	private volatile @Nullable FutureTask<Page<T>> next;

	private volatile boolean closed;

	AheadPages(String operation, Function<@Nullable String, Page<T>> fetch) {
		this.operation = operation;
		this.fetch = fetch;
	}

	/**
	 * The page of a token: after the first one, always the page that comes next.
	 */
	@Override
	public Page<T> apply(@Nullable String pageToken) {
		FutureTask<Page<T>> ahead = this.next;
		Page<T> page = (ahead != null) ? await(ahead) : this.fetch.apply(pageToken);
		this.next = (page.nextPageToken() != null) ? start(page.nextPageToken()) : null;
		if (this.closed) {
			close();
		}
		return page;
	}

	private FutureTask<Page<T>> start(String pageToken) {
		FutureTask<Page<T>> task = new FutureTask<>(() -> this.fetch.apply(pageToken));
		Thread thread = new Thread(task, "kratos-export");
		thread.setDaemon(true);
		thread.start();
		return task;
	}

	private Page<T> await(FutureTask<Page<T>> page) {
		try {
			return page.get();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RuntimeException cause) {
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
	 * Ends the call that is under way. Another thread may do so.
	 */
	void close() {
		this.closed = true;
		FutureTask<Page<T>> ahead = this.next;
		if (ahead != null) {
			ahead.cancel(true);
		}
	}

}
