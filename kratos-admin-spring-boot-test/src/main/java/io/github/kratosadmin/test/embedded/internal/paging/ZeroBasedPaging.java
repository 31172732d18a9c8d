package io.github.kratosadmin.test.embedded.internal.paging;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.kratosadmin.test.embedded.internal.http.Query;
import io.github.kratosadmin.test.embedded.internal.http.Urls;

/**
 * Paging of 1.0. Pages count from 0. A page can also be requested by token, which is an
 * offset.
 */
final class ZeroBasedPaging implements Paging {

	private static final Pattern OFFSET = Pattern.compile("\"offset\":\"(\\d{1,18})\"");

	private final Urls urls;

	ZeroBasedPaging(Urls urls) {
		this.urls = urls;
	}

	@Override
	public <T> ListPage<T> page(Query query, NavigableMap<String, T> identities, LongSupplier total) {
		Pagination pagination = pagination(query);
		Collection<T> descending = identities.descendingMap().values();
		long count = total.getAsLong();
		// A list filtered by identifier has a single page.
		List<T> page = query.first("credentials_identifier").isEmpty() ? pagination.of(descending)
				: List.copyOf(descending);
		return ListPage.of(page, pagination.link(count, true, this::url), count);
	}

	/**
	 * The page that a request names by number or token.
	 */
	static Pagination pagination(Query query) {
		if (!query.has("page_token") && !query.has("page_size")) {
			return Pagination.of(query, Pagination.MAX_PER_PAGE);
		}
		int perPage = Pagination.perPage(query, "page_size", Pagination.MAX_PER_PAGE);
		return new Pagination(offset(query.first("page_token")) / perPage, perPage);
	}

	private static long offset(String token) {
		try {
			Matcher offset = OFFSET.matcher(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
			return offset.find() ? Long.parseLong(offset.group(1)) : 0;
		}
		catch (IllegalArgumentException ex) {
			return 0;
		}
	}

	private String url(long page, long perPage) {
		return this.urls.identities() + "?" + withPage(new Query(), page, perPage);
	}

	/**
	 * Adds all parameters of a page.
	 */
	static Query withPage(Query query, long page, long perPage) {
		String token = "{\"offset\":\"" + page * perPage + "\",\"v\":2}";
		return query.with("page", String.valueOf(page))
			.with("page_size", String.valueOf(perPage))
			.with("page_token",
					Base64.getUrlEncoder().withoutPadding().encodeToString(token.getBytes(StandardCharsets.UTF_8)))
			.with("per_page", String.valueOf(perPage));
	}

}
