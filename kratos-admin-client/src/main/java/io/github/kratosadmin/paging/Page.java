package io.github.kratosadmin.paging;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param <T> the type of the items
 * @param items the items, in the order of the server
 * @param nextPageToken what to ask for the next page with, or {@code null} on the last
 * page; opaque, and good only for the same list of the same server
 * @param totalItems how many items all pages have together, or {@code null} where the
 * server does not tell
 */
public record Page<T>(List<T> items, @Nullable String nextPageToken, @Nullable Long totalItems) {

	/**
	 * Copies the items.
	 */
	public Page {
		items = List.copyOf(items);
	}

}
