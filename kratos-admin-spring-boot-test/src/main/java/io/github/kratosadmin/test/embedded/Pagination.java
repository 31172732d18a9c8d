package io.github.kratosadmin.test.embedded;

import java.util.ArrayList;
import java.util.List;

/**
 * Paging as Kratos 0.6 has it: pages count from 1 and page 0 is page 1, but the
 * {@code Link} header counts from 0. Who follows it reads the first page twice and never
 * the last.
 *
 * @param page the page asked for
 * @param perPage how many items a page has
 */
record Pagination(long page, int perPage) {

	private static final int DEFAULT_PER_PAGE = 250;

	private static final int MAX_PER_PAGE = 1000;

	static Pagination of(AdminRequest request) {
		long page = Math.max(0, parse(request.query("page"), 0));
		long perPage = parse(request.query("per_page"), DEFAULT_PER_PAGE);
		return new Pagination(page, (int) Math.max(1, Math.min(MAX_PER_PAGE, perPage)));
	}

	private static long parse(String text, long fallback) {
		try {
			return Long.parseLong(text);
		}
		catch (NumberFormatException ex) {
			return fallback;
		}
	}

	long offset() {
		long zeroBased = Math.max(0, this.page - 1);
		return (zeroBased > Long.MAX_VALUE / MAX_PER_PAGE) ? Long.MAX_VALUE : zeroBased * this.perPage;
	}

	/**
	 * The value of the {@code Link} header.
	 * @param url the address of the list
	 * @param total how many items there are on all pages
	 */
	String link(String url, long total) {
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
		if (total < this.perPage) {
			return new Links(url, total).add("first", 0).value();
		}
		return links.add("first", 0).add("prev", lastPage - 1).value();
	}

	private static final class Links {

		private final String url;

		private final long perPage;

		private final List<String> links = new ArrayList<>();

		Links(String url, long perPage) {
			this.url = url;
			this.perPage = perPage;
		}

		Links add(String relation, long page) {
			this.links.add("<%s?page=%d&per_page=%d>; rel=\"%s\"".formatted(this.url, page, this.perPage, relation));
			return this;
		}

		String value() {
			return String.join(",", this.links);
		}

	}

}
