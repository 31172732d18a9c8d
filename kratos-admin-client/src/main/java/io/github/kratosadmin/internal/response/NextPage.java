package io.github.kratosadmin.internal.response;

import io.github.kratosadmin.internal.paging.PageToken;
import org.jspecify.annotations.Nullable;

/**
 * Determines the page after a page with items, for one kind of list.
 */
interface NextPage {

	/**
	 * Returns the token of the next page.
	 * @return the token, or {@code null} if this is the last page
	 */
	@Nullable PageToken after(ListResponse page);

	/**
	 * Numbered pages, counted by the client until a page is not full. The numbers in
	 * Kratos's {@code Link} header always start at 0, even if the list starts at 1:
	 * following them repeats the first page and skips the last one.
	 * @param firstPage the number of the first page
	 */
	static NextPage numbered(int firstPage) {
		return (page) -> {
			if (page.items().size() < page.pageSize("per_page", 250)) {
				return null;
			}
			Integer number = page.requestedNumber("page");
			// Page 0 is the first one in every list.
			return PageToken.ofPage(Math.max(firstPage, (number != null) ? number : 0) + 1);
		};
	}

	/**
	 * Pages with tokens of the server.
	 * @param defaultSize the number of items on a page if no size is requested
	 * @param maxSize the maximum number of items on a page in some versions, even if more
	 * are requested
	 */
	static NextPage serverTokens(int defaultSize, int maxSize) {
		return (page) -> {
			int pageSize = page.pageSize("page_size", page.pageSize("per_page", defaultSize));
			if (page.link().isEmpty() && page.items().size() >= Math.min(pageSize, maxSize)) {
				throw page.unreadable(
						"the page is full, but the Link header, which indicates whether there is another one, is missing");
			}
			return page.nextServerToken();
		};
	}

	/**
	 * Pages that are numbered in some versions and have tokens in others. A list cannot
	 * switch from one to the other.
	 */
	static NextPage numberedOrTokens(NextPage numbered, NextPage tokens) {
		return (page) -> {
			if (page.isNumbered()) {
				if (page.requested("page_token") != null) {
					throw page.unreadable(
							"the pages are numbered now, but this list was started with a token: start it again");
				}
				return numbered.after(page);
			}
			PageToken next = tokens.after(page);
			if (next != null && page.requested("page") != null) {
				throw page
					.unreadable("the pages have tokens now, but this list was started with a number: start it again");
			}
			return next;
		};
	}

}
