package io.github.kratosadmin.internal.paging;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.paging.Page;
import org.jspecify.annotations.Nullable;

/**
 * Streams the items of a list, requesting one page at a time.
 *
 * @param <T> the type of the items
 */
public final class PageStream<T> extends AbstractSpliterator<T> {

	private final String operation;

	private final Function<@Nullable String, Page<T>> fetch;

	private final Queue<T> items = new ArrayDeque<>();

	private @Nullable String nextPageToken;

	private boolean lastPage;

	/** A token from before. A server that comes back to it goes round in a circle. */
	private @Nullable String landmark;

	private long pages;

	private PageStream(String operation, Function<@Nullable String, Page<T>> fetch, @Nullable String firstPageToken) {
		super(Long.MAX_VALUE, ORDERED | NONNULL);
		this.operation = operation;
		this.fetch = fetch;
		this.nextPageToken = firstPageToken;
	}

	/**
	 * A lazy stream over the items of all pages. A page is asked for when the stream gets
	 * to it, so a failed call fails the stream's terminal operation, and a stream that is
	 * left early or closed asks for no more. Pages that go round in a circle are a
	 * {@link KratosUnreadableResponseException}.
	 * @param <T> the type of the items
	 * @param operation the Kratos operation, for that failure
	 * @param fetch asks for a page by its token, {@code null} for the first one
	 * @param firstPageToken where to start, {@code null} for the first page
	 * @return the stream, sequential, holding one page at a time
	 */
	public static <T> Stream<T> of(String operation, Function<@Nullable String, Page<T>> fetch,
			@Nullable String firstPageToken) {
		PageStream<T> pages = new PageStream<>(operation, fetch, firstPageToken);
		return StreamSupport.stream(pages, false).onClose(pages::close);
	}

	/**
	 * Like {@link #of}, but requests the next page in another thread while the current
	 * page is being read. Closing the stream aborts that request.
	 * @param <T> the type of the items
	 * @param operation the Kratos operation, for failures, that of a thread that is
	 * interrupted while it waits for a page among them
	 * @param fetch asks for a page by its token, {@code null} for the first one
	 * @param firstPageToken where to start, {@code null} for the first page
	 * @return the stream, sequential, holding two pages at a time
	 */
	public static <T> Stream<T> prefetching(String operation, Function<@Nullable String, Page<T>> fetch,
			@Nullable String firstPageToken) {
		PrefetchingPages<T> pages = new PrefetchingPages<>(operation, fetch);
		return of(operation, pages, firstPageToken).onClose(pages::close);
	}

	@Override
	public boolean tryAdvance(Consumer<? super T> action) {
		while (this.items.isEmpty()) {
			if (this.lastPage) {
				return false;
			}
			Page<T> page = this.fetch.apply(this.nextPageToken);
			goTo(page.nextPageToken());
			this.items.addAll(page.items());
		}
		action.accept(this.items.remove());
		return true;
	}

	/**
	 * Keeps one token only, a new one each time that the pages are twice as many: one of
	 * them is in the circle, and comes back before the next is kept.
	 */
	private void goTo(@Nullable String pageToken) {
		if (pageToken != null && pageToken.equals(this.landmark)) {
			throw new KratosUnreadableResponseException(this.operation, 200,
					"the pages go round in a circle: after " + this.pages + " comes one that was there before");
		}
		this.pages++;
		if (Long.bitCount(this.pages) == 1) {
			this.landmark = pageToken;
		}
		this.nextPageToken = pageToken;
		this.lastPage = (pageToken == null);
	}

	private void close() {
		this.lastPage = true;
		this.items.clear();
	}

}
