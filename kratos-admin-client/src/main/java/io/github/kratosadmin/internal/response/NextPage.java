package io.github.kratosadmin.internal.response;

import io.github.kratosadmin.internal.paging.PageToken;
import org.jspecify.annotations.Nullable;

/**
 * Determines the page after a page with items, for one kind of list.
 */
interface NextPage {

	/**
	 * The next page.
	 * @return the token of the page, or {@code null} if there is none
	 */
	@Nullable PageToken after(ListResponse page);

	/**
	 * Pages that are counted here, as long as they are full. The numbers in Kratos's
	 * {@code Link} header are those of a list that begins at 0, even where the list
	 * begins at 1: following them repeats the first page and loses the last one.
	 * @param firstPage the number of the first page
	 */
	static NextPage numbered(int firstPage) {
		return (page) -> {
			if (page.items().size() < page.pageSize("per_page", 250)) {
				return null;
			}
			Integer number = page.askedNumber("page");
			// Page 0 is the first one in every list.
			return PageToken.ofPage(Math.max(firstPage, (number != null) ? number : 0) + 1);
		};
	}

	/**
	 * Pages with tokens of the server.
	 * @param defaultSize how many items a page has if nothing is asked for
	 * @param maxSize how many items a page has at most in some versions, whatever was
	 * asked for
	 */
	static NextPage serverTokens(int defaultSize, int maxSize) {
		return (page) -> {
			int pageSize = page.pageSize("page_size", page.pageSize("per_page", defaultSize));
			if (page.link().isEmpty() && page.items().size() >= Math.min(pageSize, maxSize)) {
				throw page.unreadable(
						"the page is full, and the Link header, which tells whether there is another one, is missing");
			}
			return page.nextServerToken();
		};
	}

	/**
	 * Pages that are numbered in some versions, and have tokens in others. A list that
	 * was begun with one does not go on with the other.
	 */
	static NextPage numberedOrTokens(NextPage numbered, NextPage tokens) {
		return (page) -> {
			if (page.isNumbered()) {
				if (page.asked("page_token") != null) {
					throw page
						.unreadable("the pages are numbered now, and this list was begun with a token: begin it again");
				}
				return numbered.after(page);
			}
			PageToken next = tokens.after(page);
			if (next != null && page.asked("page") != null) {
				throw page
					.unreadable("the pages have tokens now, and this list was begun with a number: begin it again");
			}
			return next;
		};
	}

}
