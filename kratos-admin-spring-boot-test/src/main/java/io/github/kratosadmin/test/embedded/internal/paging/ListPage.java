package io.github.kratosadmin.test.embedded.internal.paging;

import java.util.List;
import java.util.Map;

/**
 * A page of a list.
 *
 * @param <T> the type of the items
 * @param items the items
 * @param headers the headers about other pages
 */
public record ListPage<T>(List<T> items, Map<String, String> headers) {

	static <T> ListPage<T> of(List<T> items, String link) {
		return new ListPage<>(items, Map.of("Link", link));
	}

	static <T> ListPage<T> of(List<T> items, String link, long total) {
		return new ListPage<>(items, Map.of("Link", link, "X-Total-Count", String.valueOf(total)));
	}

}
