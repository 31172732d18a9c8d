package io.github.kratosadmin.test.embedded.internal.paging;

import java.util.List;
import java.util.NavigableMap;
import java.util.function.LongSupplier;

import io.github.kratosadmin.test.embedded.internal.http.Query;
import io.github.kratosadmin.test.embedded.internal.http.Urls;

/**
 * Paging up to 0.13. Pages count from 1, and page 0 is page 1, but the {@code Link}
 * header counts from 0. Following the links returns the first page twice, and never the
 * last.
 */
final class OneBasedPaging implements Paging {

	private final Urls urls;

	private final boolean hasTotal;

	OneBasedPaging(Urls urls, boolean hasTotal) {
		this.urls = urls;
		this.hasTotal = hasTotal;
	}

	@Override
	public <T> ListPage<T> page(Query query, NavigableMap<String, T> identities, LongSupplier total) {
		Pagination pagination = Pagination.of(query, Pagination.MAX_PER_PAGE);
		List<T> page = pagination.previous().of(identities.descendingMap().values());
		long count = total.getAsLong();
		String link = pagination.link(count, false, (number, perPage) -> this.urls.identities() + "?"
				+ new Query().with("page", String.valueOf(number)).with("per_page", String.valueOf(perPage)));
		return this.hasTotal ? ListPage.of(page, link, count) : ListPage.of(page, link);
	}

}
