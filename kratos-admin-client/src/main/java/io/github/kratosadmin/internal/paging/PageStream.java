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

	/** An earlier token. If the server returns it again, the pages form a circle. */
	private @Nullable String landmark;

	private long pages;

	private PageStream(String operation, Function<@Nullable String, Page<T>> fetch, @Nullable String firstPageToken) {
		super(Long.MAX_VALUE, ORDERED | NONNULL);
		this.operation = operation;
		this.fetch = fetch;
		this.nextPageToken = firstPageToken;
	}

	/**
	 * Returns a lazy stream of the items on all pages. Each page is requested when the
	 * stream reaches it. If that fails, the terminal operation throws the exception. No
	 * more pages are requested when the terminal operation ends early or the stream is
	 * closed. If the pages form a circle, the terminal operation throws a
	 * {@link KratosUnreadableResponseException}.
	 * @param <T> the type of the items
	 * @param operation the Kratos operation, for exceptions
	 * @param fetch requests a page by its token, {@code null} for the first page
	 * @param firstPageToken the token to start with, {@code null} for the first page
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
	 * @param operation the Kratos operation, for exceptions
	 * @param fetch requests a page by its token, {@code null} for the first page
	 * @param firstPageToken the token to start with, {@code null} for the first page
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
	 * Keeps one token, and replaces it whenever the number of pages has doubled: one of
	 * these tokens is in the circle, and is returned again before the next one is kept.
	 */
	private void goTo(@Nullable String pageToken) {
		if (pageToken != null && pageToken.equals(this.landmark)) {
			throw new KratosUnreadableResponseException(this.operation, 200,
					"the pages form a circle: after " + this.pages + " pages, an earlier one follows");
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
