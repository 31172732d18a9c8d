package io.github.kratosadmin.test.embedded.internal.paging;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.Query;

/**
 * The number and size of a page. Its links to other pages count from 0, even in eras
 * whose requests count from 1.
 *
 * @param page the requested page
 * @param perPage the number of items on a page
 */
public record Pagination(long page, int perPage) {

	public static final int DEFAULT_PER_PAGE = 250;

	public static final int MAX_PER_PAGE = 1000;

	static Pagination of(Query query, int maxPerPage) {
		return new Pagination(Math.max(0, parse(query.first("page"), 0)), perPage(query, "per_page", maxPerPage));
	}

	/**
	 * The page size that a parameter requests, within bounds.
	 */
	static int perPage(Query query, String parameter, int maxPerPage) {
		return (int) Math.max(1, Math.min(maxPerPage, parse(query.first(parameter), DEFAULT_PER_PAGE)));
	}

	/**
	 * The page size of a list that is paged by token. A size that is not positive counts
	 * as unset.
	 * @param text the requested size, empty if unset
	 * @param defaultSize the size if it is unset
	 * @param maxSize the maximum size
	 * @param malformed creates the error for a malformed size from the message of Go
	 */
	static int pageSize(String text, int defaultSize, int maxSize, Function<String, ErrorResponseException> malformed) {
		if (text.isEmpty()) {
			return defaultSize;
		}
		try {
			int size = Integer.parseInt(text);
			return (size > 0) ? Math.min(maxSize, size) : defaultSize;
		}
		catch (NumberFormatException ex) {
			throw malformed.apply("strconv.Atoi: parsing \"" + text + "\": invalid syntax");
		}
	}

	private static long parse(String text, long fallback) {
		try {
			return Long.parseLong(text);
		}
		catch (NumberFormatException ex) {
			return fallback;
		}
	}

	/**
	 * The items of the page with this number, counted from 0.
	 */
	<T> List<T> of(Collection<T> items) {
		return items.stream().skip(offset()).limit(this.perPage).toList();
	}

	/**
	 * The page before this one, but at least page 0.
	 */
	Pagination previous() {
		return new Pagination(Math.max(0, this.page - 1), this.perPage);
	}

	long offset() {
		return (this.page > Long.MAX_VALUE / MAX_PER_PAGE) ? Long.MAX_VALUE : this.page * this.perPage;
	}

	/**
	 * The value of the {@code Link} header.
	 * @param total the number of items on all pages
	 * @param onlyPageMayBeFull whether a single full page has no link to another page
	 * @param url writes the URL of a page
	 */
	String link(long total, boolean onlyPageMayBeFull, PageUrl url) {
		long lastPage = (total + this.perPage - 1) / this.perPage - 1;
		Links links = new Links(url, this.perPage);
		if (this.page < lastPage) {
			if (this.page == 0) {
				return links.add("next", 1).add("last", lastPage).value();
			}
			return links.add("first", 0)
				.add("next", this.page + 1)
				.add("prev", this.page - 1)
				.add("last", lastPage)
				.value();
		}
		if (total == 0) {
			return links.add("first", 0).add("next", this.page + 1).add("prev", this.page - 1).value();
		}
		if (total < this.perPage || (total == this.perPage && onlyPageMayBeFull)) {
			return new Links(url, total).add("first", 0).value();
		}
		return links.add("first", 0).add("prev", lastPage - 1).value();
	}

	/**
	 * Creates the URL of a page.
	 */
	interface PageUrl {

		String of(long page, long perPage);

	}

	private static final class Links {

		private final PageUrl url;

		private final long perPage;

		private final List<String> links = new ArrayList<>();

		Links(PageUrl url, long perPage) {
			this.url = url;
			this.perPage = perPage;
		}

		Links add(String relation, long page) {
			this.links.add("<%s>; rel=\"%s\"".formatted(this.url.of(page, this.perPage), relation));
			return this;
		}

		String value() {
			return String.join(",", this.links);
		}

	}

}
