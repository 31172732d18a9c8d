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

	/** A page of a newer Kratos may have no more, whatever was asked for. */
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
				// The numbers begin with 1, though Kratos's links say 0.
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
			throw page.unreadable("the list is null, and no Link header tells that it is Kratos's");
		}
		if (list != null && !list.isEmpty() && items.isEmpty()) {
			// Else it would say that there are none.
			throw page.unreadable("the list has nothing but null");
		}
		if (page.asksForAny(FilterCheck.FILTERS)) {
			this.filter.check(page);
		}
		NextPage nextPage = this.lists.get(call.operation().paging());
		if (nextPage == null) {
			throw new IllegalStateException("No paging strategy for " + call.name());
		}
		// Whatever the links say: those of numbered pages always have a next one where
		// the total is 0.
		PageToken next = items.isEmpty() ? null : nextPage.after(page);
		return new Page<>(items, (next != null) ? next.toString() : null, page.total());
	}

	/**
	 * Whether an empty list may be {@code null} without a {@code Link} header, as those
	 * of schemas and of an identity's sessions before Kratos 0.11. Later ones are never
	 * {@code null}: that is something else's response.
	 */
	private boolean mayBeNull() {
		KratosVersion version = this.server.version();
		return version != null && version.compareTo(new KratosVersion(0, 11)) < 0;
	}

	/**
	 * What comes after a numbered page of identities, of which there are such that begin
	 * at 0 and such that begin at 1.
	 */
	private @Nullable PageToken afterIdentities(ListResponse page) {
		List<?> items = page.items();
		// Of those with one identifier 1.0 has but one page, and a link to the next.
		if (items.size() < pageSize(page) || page.asked("credentials_identifier") != null) {
			return null;
		}
		Integer number = page.askedNumber("page");
		if (number != null && number > 0) {
			return PageToken.ofPage(number + 1);
		}
		if (number != null) {
			return PageToken.ofPage(firstPage(page, this.server.version()) + 1);
		}
		// Asked again, as a list would be lost in pages that are numbered differently.
		int firstPage = firstPage(page, this.server.askVersion());
		String lastId = ((Identity) items.get(items.size() - 1)).id();
		return PageToken.ofPosition(new ListPosition(firstPage, items.size(), lastId));
	}

	/**
	 * The number of the first page, which is 1 before Kratos 1.0. A server that is not a
	 * release does not tell: there page 1 is looked at.
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
	 * What is asked of the server to find out how it numbers pages of identities, and
	 * whether it knows a filter.
	 */
	public interface Server {

		@Nullable KratosVersion version();

		@Nullable KratosVersion askVersion();

		Page<?> page(int number, int size);

		Page<?> findByIdentifier(String identifier);

		/**
		 * The same, asked for on a new connection.
		 */
		Page<?> findByIdentifierOnNewConnection(String identifier);

		boolean onNewConnection();

	}

}
