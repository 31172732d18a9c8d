package io.github.kratosadmin.test.embedded.internal.paging;

import java.util.List;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.AdminResponse;
import io.github.kratosadmin.test.embedded.internal.http.Query;

/**
 * Paging by numbers, for the schemas and for the sessions of an identity. The
 * {@code Link} counts from 0, even if the page numbers count from 1.
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
	 * The items of the page and some after it, for a list that counts from 0. Kratos
	 * mistakes the end of the page for its size.
	 */
	public <T> List<T> countingFromZeroWithExcess(List<T> items) {
		long offset = this.pagination.offset();
		return (offset < items.size()) ? items.stream().skip(offset).limit(offset + this.pagination.perPage()).toList()
				: List.of();
	}

	/**
	 * The items of the page, for a list that counts from 1. Page 0 is page 1.
	 */
	public <T> List<T> countingFromOne(List<T> items) {
		return this.pagination.previous().of(items);
	}

	/**
	 * Adds the headers about other pages.
	 * @param response the response
	 * @param total the number of items on all pages
	 * @param path the path of the list
	 * @param url the URL of the list, for eras with absolute links
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
	 * Whether a page can also be requested by token.
	 */
	private boolean pagesByOffset() {
		return this.era.isAtLeast(KratosEra.V1_0);
	}

}
