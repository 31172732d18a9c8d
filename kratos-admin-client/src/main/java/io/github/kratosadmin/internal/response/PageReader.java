package io.github.kratosadmin.internal.response;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import feign.Response;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.internal.operation.Invocation;
import io.github.kratosadmin.internal.operation.KratosVersion;
import io.github.kratosadmin.internal.operation.Paging;
import io.github.kratosadmin.internal.paging.ListPosition;
import io.github.kratosadmin.internal.paging.PageToken;
import io.github.kratosadmin.paging.Page;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page of a list and determines the token of the next one.
 */
public class PageReader {

	/** The maximum page size of newer versions of Kratos, even if more is requested. */
	private static final int MAX_TOKEN_PAGE_SIZE = 500;

	private final Server server;

	private final FilterCheck filter;

	private final Map<Paging, NextPage> lists;

	public PageReader(Server server) {
		this.server = server;
		this.filter = new FilterCheck(server);
		this.lists = new EnumMap<>(Map.of( //
				Paging.IDENTITIES,
				NextPage.numberedOrTokens(this::afterIdentities, NextPage.serverTokens(250, MAX_TOKEN_PAGE_SIZE)),
				// The numbers start at 1, although those in Kratos's links start at 0.
				Paging.IDENTITY_SESSIONS, NextPage.numbered(1), //
				Paging.SCHEMAS, NextPage.numbered(0), //
				Paging.SESSIONS, NextPage.serverTokens(250, 1000), //
				Paging.COURIER_MESSAGES,
				NextPage.numberedOrTokens(NextPage.numbered(1), NextPage.serverTokens(10, MAX_TOKEN_PAGE_SIZE))));
	}

	Page<?> read(Invocation call, Response response, @Nullable List<?> list) {
		ListResponse page = new ListResponse(call, response, KratosJson.listOf(list));
		if (call.operation().paging() == Paging.SCHEMAS) {
			page = page.withoutExcess("per_page", 250);
		}
		List<?> items = page.items();
		if (list == null && page.link().isEmpty() && !mayBeNull()) {
			throw page.unreadable("the list is null without a Link header, so it is not from Kratos");
		}
		if (list != null && !list.isEmpty() && items.isEmpty()) {
			// Otherwise the list would seem to be empty.
			throw page.unreadable("the list contains only null");
		}
		if (page.hasAny(FilterCheck.FILTERS)) {
			this.filter.check(page);
		}
		NextPage nextPage = this.lists.get(call.operation().paging());
		if (nextPage == null) {
			throw new IllegalStateException("No paging strategy for " + call.name());
		}
		// Regardless of the links: on numbered pages, they always have a next page if
		// the total is 0.
		PageToken next = items.isEmpty() ? null : nextPage.after(page);
		return new Page<>(items, (next != null) ? next.toString() : null, page.total());
	}

	/**
	 * Whether an empty list may be {@code null} without a {@code Link} header. Before
	 * Kratos 0.11, this applies to schemas and to the sessions of an identity. Later
	 * versions never return {@code null}, so such a response is not from Kratos.
	 */
	private boolean mayBeNull() {
		KratosVersion version = this.server.version();
		return version != null && version.compareTo(new KratosVersion(0, 11)) < 0;
	}

	/**
	 * Returns the token after a numbered page of identities. Depending on the version,
	 * the numbers start at 0 or 1.
	 */
	private @Nullable PageToken afterIdentities(ListResponse page) {
		List<?> items = page.items();
		// With this filter, Kratos 1.0 has only one page, but links to a next one.
		if (items.size() < pageSize(page) || page.requested("credentials_identifier") != null) {
			return null;
		}
		Integer number = page.requestedNumber("page");
		if (number != null && number > 0) {
			return PageToken.ofPage(number + 1);
		}
		if (number != null) {
			return PageToken.ofPage(firstPage(page, this.server.version()) + 1);
		}
		// Not cached: with the wrong first number, the list would skip or repeat items.
		int firstPage = firstPage(page, this.server.askVersion());
		String lastId = ((Identity) items.get(items.size() - 1)).id();
		return PageToken.ofPosition(new ListPosition(firstPage, items.size(), lastId));
	}

	/**
	 * Returns the number of the first page, which is 1 before Kratos 1.0. If the version
	 * is unknown, as with a server that is not a release, page 1 is requested to find
	 * out.
	 */
	private int firstPage(ListResponse page, @Nullable KratosVersion version) {
		if (version != null) {
			return (version.major() == 0) ? 1 : 0;
		}
		List<?> pageOne = this.server.page(1, pageSize(page)).items();
		return (!pageOne.isEmpty() && pageOne.get(0).equals(page.items().get(0))) ? 1 : 0;
	}

	private static int pageSize(ListResponse page) {
		return page.pageSize("per_page", 250);
	}

	/**
	 * Requests to find out how the server numbers the pages of identities, and whether it
	 * supports a filter.
	 */
	public interface Server {

		@Nullable KratosVersion version();

		@Nullable KratosVersion askVersion();

		Page<?> page(int number, int size);

		Page<?> findByIdentifier(String identifier);

		/**
		 * Like {@link #findByIdentifier}, but on a new connection.
		 */
		Page<?> findByIdentifierOnNewConnection(String identifier);

		boolean onNewConnection();

	}

}
