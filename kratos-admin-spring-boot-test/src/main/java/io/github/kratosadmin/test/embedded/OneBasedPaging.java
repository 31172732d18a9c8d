package io.github.kratosadmin.test.embedded;

import java.util.List;

/**
 * Paging up to 0.13: pages count from 1 and page 0 is page 1, but the {@code Link} header
 * counts from 0. Who follows it reads the first page twice and never the last.
 */
final class OneBasedPaging implements Paging {

	private final Urls urls;

	private final boolean tellsTotal;

	OneBasedPaging(Urls urls, boolean tellsTotal) {
		this.urls = urls;
		this.tellsTotal = tellsTotal;
	}

	@Override
	public IdentityPage page(Query query, List<Identity> identities, long total) {
		Pagination pagination = Pagination.of(query, Pagination.MAX_PER_PAGE);
		List<Identity> page = pagination.previous().of(Pagination.descending(identities));
		String link = pagination.link(total, false, (number, perPage) -> this.urls.identities() + "?"
				+ new Query().with("page", String.valueOf(number)).with("per_page", String.valueOf(perPage)));
		return this.tellsTotal ? IdentityPage.of(page, link, total) : IdentityPage.of(page, link);
	}

}
