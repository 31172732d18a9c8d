package io.github.kratosadmin.test.embedded.internal.paging;

import java.util.List;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.AdminResponse;
import io.github.kratosadmin.test.embedded.internal.http.Query;

/**
 * Paging by numbers of the lists that are not of identities. Their {@code Link} counts
 * from 0, whatever they do.
 */
public final class NumberedPaging {

	private final KratosEra era;

	private final Query query;

	private final Pagination pagination;

	public NumberedPaging(KratosEra era, Query query) {
		this.era = era;
		this.query = query;
		this.pagination = pagesByOffset() ? ZeroBasedPaging.pagination(query)
				: Pagination.of(query, Pagination.MAX_PER_PAGE);
	}

	/**
	 * The items of the page and some after it, if the list counts from 0: Kratos takes
	 * the number of items up to the end of the page for its size.
	 */
	public <T> List<T> countingFromZeroWithExcess(List<T> items) {
		long offset = this.pagination.offset();
		return (offset < items.size()) ? items.stream().skip(offset).limit(offset + this.pagination.perPage()).toList()
				: List.of();
	}

	/**
	 * The items of the page, if the list counts from 1, where page 0 is page 1.
	 */
	public <T> List<T> countingFromOne(List<T> items) {
		return this.pagination.previous().of(items);
	}

	/**
	 * Adds the headers that tell about other pages.
	 * @param response the answer
	 * @param total how many items there are on all pages
	 * @param path the path of the list
	 * @param url its URL, where links are absolute
	 */
	public AdminResponse withHeaders(AdminResponse response, int total, String path, String url) {
		String link = this.pagination.link(total, pagesByOffset(), (page, perPage) -> link(page, perPage, path, url));
		return response.withHeader("Link", link).withHeader("X-Total-Count", String.valueOf(total));
	}

	private String link(long page, long perPage, String path, String url) {
		if (linksRelatively()) {
			return path + "?" + ZeroBasedPaging.withPage(this.query, page, perPage);
		}
		return url + "?" + new Query().with("page", String.valueOf(page)).with("per_page", String.valueOf(perPage));
	}

	private boolean linksRelatively() {
		return this.era.isAtLeast(KratosEra.V1_3);
	}

	/**
	 * Whether a numbered page can be asked for by a token too.
	 */
	private boolean pagesByOffset() {
		return this.era.isAtLeast(KratosEra.V1_0);
	}

}
