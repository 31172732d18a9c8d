package io.github.kratosadmin;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import feign.Response;
import io.github.kratosadmin.error.KratosUnreadableAnswerException;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.paging.ListPosition;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.paging.PageToken;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Finds out where a list goes on. Where Kratos hands out page tokens they are followed.
 * Where it numbers pages, the numbers in its {@code Link} header are those of a list that
 * begins at 0, even in versions whose lists begin at 1: following them repeats the first
 * page and loses the last one. There the pages are counted here.
 */
class PageReader {

	static final String TOTAL_COUNT = "X-Total-Count";

	private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");

	private static final Pattern NUMBERED = Pattern.compile("[?&]page=");

	private static final int DEFAULT_PAGE_SIZE = 250;

	private static final int MAX_PAGE_SIZE = 1000;

	/** A page of a newer Kratos may have no more, whatever was asked for. */
	private static final int MAX_TOKEN_PAGE_SIZE = 500;

	private final Server server;

	PageReader(Server server) {
		this.server = server;
	}

	Page<?> read(String operation, Response response, List<?> items) {
		ListFilter.check(operation, response.status(), parameters(response.request().url()), items);
		return new Page<>(items, next(operation, response, items), total(response));
	}

	private @Nullable String next(String operation, Response response, List<?> items) {
		if (items.isEmpty()) {
			return null;
		}
		String link = String.join(",", response.headers().getOrDefault(HttpHeaders.LINK, List.of()));
		Matcher next = NEXT.matcher(link);
		boolean numbered = NUMBERED.matcher(link).find();
		// A link of 1.0 has both, and its token is but the number of items to skip.
		if (!numbered && next.find()) {
			return PageToken.ofServer(token(operation, response, next.group(1))).toString();
		}
		if (numbered && asked(response, "page_token") != null) {
			throw unreadable(operation, response,
					"the pages are numbered now, and this list was begun with a token: begin it again");
		}
		int pageSize = pageSize(response);
		if (link.isEmpty() && items.size() >= Math.min(pageSize, MAX_TOKEN_PAGE_SIZE)) {
			throw unreadable(operation, response,
					"the page is full, and the Link header, which tells whether there is another one, is missing");
		}
		// Of those with one identifier 1.0 has but one page, and a link to the next.
		boolean full = items.size() >= pageSize && asked(response, "credentials_identifier") == null;
		return (full && numbered) ? next(response, items).toString() : null;
	}

	private static String token(String operation, Response response, String nextPage) {
		String token = parameters(nextPage).getFirst("page_token");
		if (token == null || token.isEmpty()) {
			throw unreadable(operation, response, "the next page in the Link header has no token");
		}
		if (token.equals(asked(response, "page_token"))) {
			throw unreadable(operation, response, "the next page in the Link header is the same page again");
		}
		try {
			return UriUtils.decode(token, UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw unreadable(operation, response, "the page token in the Link header is not well encoded");
		}
	}

	private static KratosUnreadableAnswerException unreadable(String operation, Response response, String problem) {
		return new KratosUnreadableAnswerException(operation, response.status(), problem);
	}

	private PageToken next(Response response, List<?> items) {
		Integer page = number(response, "page");
		if (page != null && page > 0) {
			return PageToken.ofPage(page + 1);
		}
		if (page != null) {
			return PageToken.ofPage(firstPage(response, items, this.server.version()) + 1);
		}
		// Asked again, as a list would be lost in pages that are numbered differently.
		int firstPage = firstPage(response, items, this.server.askVersion());
		String lastId = ((Identity) items.get(items.size() - 1)).id();
		return PageToken.ofPosition(new ListPosition(firstPage, items.size(), lastId));
	}

	/**
	 * The number of the first page, which is 1 before Kratos 1.0. A server that is not a
	 * release does not tell: there page 1 is looked at.
	 */
	private int firstPage(Response response, List<?> items, @Nullable KratosVersion version) {
		if (version != null) {
			return (version.major() == 0) ? 1 : 0;
		}
		List<?> pageOne = this.server.page(1, pageSize(response)).items();
		return (!pageOne.isEmpty() && pageOne.get(0).equals(items.get(0))) ? 1 : 0;
	}

	private static int pageSize(Response response) {
		Integer size = number(response, "per_page");
		return (size != null) ? Math.max(1, Math.min(size, MAX_PAGE_SIZE)) : DEFAULT_PAGE_SIZE;
	}

	private static @Nullable Integer number(Response response, String name) {
		String value = asked(response, name);
		return (value != null) ? Integer.valueOf(value) : null;
	}

	private static @Nullable String asked(Response response, String name) {
		return parameters(response.request().url()).getFirst(name);
	}

	/** What is before the query may be anything but a URL. */
	private static MultiValueMap<String, String> parameters(String url) {
		String query = url.substring(url.indexOf('?') + 1);
		return UriComponentsBuilder.newInstance().query(query).build().getQueryParams();
	}

	private static @Nullable Long total(Response response) {
		Collection<String> values = response.headers().getOrDefault(TOTAL_COUNT, List.of());
		return values.stream()
			.filter((value) -> value.matches("\\d{1,18}"))
			.findFirst()
			.map(Long::valueOf)
			.orElse(null);
	}

	/**
	 * What is asked of the server to find out how it numbers pages.
	 */
	interface Server {

		@Nullable KratosVersion version();

		@Nullable KratosVersion askVersion();

		Page<?> page(int number, int size);

	}

}
