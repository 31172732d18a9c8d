package io.github.kratosadmin.paging;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param <T> the type of the items
 * @param items the items, in the order of Kratos
 * @param nextPageToken the token of the next page, or {@code null} on the last page;
 * opaque, and valid only for the same list of the same server
 * @param totalItems the number of items on all pages, or {@code null} if the response
 * does not have it
 */
public record Page<T>(List<T> items, @Nullable String nextPageToken, @Nullable Long totalItems) {

	/**
	 * Creates a page with a copy of the items.
	 */
	public Page {
		items = List.copyOf(items);
	}

}
