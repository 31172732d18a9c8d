package io.github.kratosadmin.test.embedded.internal.paging;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.LongSupplier;

import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.Query;
import io.github.kratosadmin.test.embedded.internal.text.Ids;

/**
 * Paging from 1.1 on. The token of a page is the last id of the page before it. Pages can
 * also be requested by number, counted from 0.
 */
final class KeysetPaging implements Paging {

	private static final String PATH = "/admin/identities?";

	private static final String FIRST = "00000000-0000-0000-0000-000000000000";

	private static final int MAX_PER_PAGE = 500;

	private static final int MAX_BY_NUMBERS = 1000;

	private final int maxPageSize;

	/**
	 * Creates a paging.
	 * @param maxPageSize the maximum size of a page that is requested by token
	 */
	KeysetPaging(int maxPageSize) {
		this.maxPageSize = maxPageSize;
	}

	@Override
	public <T> ListPage<T> page(Query query, NavigableMap<String, T> identities, LongSupplier total) {
		if (query.has("page") && !query.has("page_token") && !query.has("page_size")) {
			return byNumber(query, identities, total);
		}
		if (query.has("per_page") && !query.has("page_token") && !query.has("page_size")) {
			return byToken(query.with("page_size", query.first("per_page")).without("per_page"), identities);
		}
		return byToken(query, identities);
	}

	private static <T> ListPage<T> byNumber(Query query, NavigableMap<String, T> identities, LongSupplier total) {
		Pagination pagination = Pagination.of(query, MAX_PER_PAGE);
		if (pagination.offset() > MAX_BY_NUMBERS) {
			throw ErrorResponseException.badRequest("Legacy pagination is not supported for enumerating over "
					+ MAX_BY_NUMBERS + " items. Please switch to using page_token and page_size.");
		}
		List<T> page = pagination.of(identities.values());
		// A list filtered by identifier counts the items of the page only.
		long counted = query.first("credentials_identifier").isEmpty() ? total.getAsLong() : page.size();
		String link = pagination.link(counted, true, (number, perPage) -> PATH
				+ query.with("page", String.valueOf(number)).with("per_page", String.valueOf(perPage)));
		return ListPage.of(page, link, counted);
	}

	private <T> ListPage<T> byToken(Query query, NavigableMap<String, T> identities) {
		String after = after(query);
		int size = Pagination.pageSize(query.first("page_size"), Pagination.DEFAULT_PER_PAGE, this.maxPageSize,
				ErrorResponseException::badRequest);
		List<Map.Entry<String, T>> rest = identities.tailMap(after, false)
			.entrySet()
			.stream()
			.limit(size + 1L)
			.toList();
		Query sized = query.with("page_size", String.valueOf(size));
		String link = link(sized, FIRST, "first");
		List<T> page = rest.stream().limit(size).map(Map.Entry::getValue).toList();
		return ListPage.of(page,
				(rest.size() <= size) ? link : link + "," + link(sized, rest.get(size - 1).getKey(), "next"));
	}

	private static String after(Query query) {
		String token = query.first("page_token");
		if (token.isEmpty()) {
			return FIRST;
		}
		String id = Ids.parse(token);
		if (id == null) {
			throw ErrorResponseException.badRequest("The page token is invalid, do not craft your own page tokens");
		}
		return id;
	}

	private static String link(Query query, String token, String relation) {
		return "<" + PATH + query.with("page_token", token) + ">; rel=\"" + relation + "\"";
	}

}
