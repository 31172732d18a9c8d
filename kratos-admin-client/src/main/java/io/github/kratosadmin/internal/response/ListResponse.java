package io.github.kratosadmin.internal.response;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import feign.Response;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.internal.paging.PageToken;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * An answer that is a page of a list: what was asked for, the items, and the headers that
 * tell of other pages.
 *
 * @param operation the operation
 * @param response the answer
 * @param asked the parameters of the request
 * @param items the items of the page
 */
public record ListResponse(String operation, Response response, MultiValueMap<String, String> asked, List<?> items) {

	public static final String TOTAL_COUNT = "X-Total-Count";

	/** Reads no character twice: servers send what they like. */
	private static final Pattern NEXT = Pattern.compile("<([^<>]*+)>\\s*+;\\s*+rel=\"?next\"?");

	private static final Pattern NUMBERED = Pattern.compile("[?&]page=");

	private static final int MAX_PAGE_SIZE = 1000;

	ListResponse(String operation, Response response, List<?> items) {
		this(operation, response, parameters(response.request().url()), items);
	}

	/** What is before the query may be anything but a URL. */
	private static MultiValueMap<String, String> parameters(String url) {
		String query = url.substring(url.indexOf('?') + 1);
		return UriComponentsBuilder.newInstance().query(query).build().getQueryParams();
	}

	@Nullable String asked(String name) {
		return this.asked.getFirst(name);
	}

	@Nullable Integer askedNumber(String name) {
		String value = asked(name);
		return (value != null) ? Integer.valueOf(value) : null;
	}

	/**
	 * How many items a page has at most that is asked for with a parameter.
	 */
	int pageSize(String parameter, int defaultSize) {
		Integer size = askedNumber(parameter);
		return (size != null) ? Math.max(1, Math.min(size, MAX_PAGE_SIZE)) : defaultSize;
	}

	/**
	 * Without the items that are more than a page has. Kratos from 0.8 to 26.2 begins
	 * page n of the identity schemas, counted from 0, in the right place, but gives n + 1
	 * times the size of a page: the rest comes again with the pages that follow.
	 */
	ListResponse withoutExcess(String parameter, int defaultSize) {
		int size = Math.min(this.items.size(), pageSize(parameter, defaultSize));
		return new ListResponse(this.operation, this.response, this.asked, this.items.subList(0, size));
	}

	String link() {
		return String.join(",", this.response.headers().getOrDefault(HttpHeaders.LINK, List.of()));
	}

	/**
	 * Whether the links have numbers of pages. Those of 1.0 have tokens too, which are
	 * but the number of items to skip.
	 */
	public boolean isNumbered() {
		return NUMBERED.matcher(link()).find();
	}

	/**
	 * The server's token of the next page.
	 * @return the token, or {@code null} if there is no such page
	 */
	public @Nullable PageToken nextServerToken() {
		Matcher next = NEXT.matcher(link());
		if (!next.find()) {
			return null;
		}
		String token = parameters(next.group(1)).getFirst("page_token");
		if (token == null || token.isEmpty()) {
			throw unreadable("the next page in the Link header has no token");
		}
		if (token.equals(asked("page_token"))) {
			throw unreadable("the next page in the Link header is the same page again");
		}
		try {
			return PageToken.ofServer(UriUtils.decode(token, UTF_8));
		}
		catch (IllegalArgumentException ex) {
			throw unreadable("the page token in the Link header is not well encoded");
		}
	}

	@Nullable Long total() {
		Collection<String> values = this.response.headers().getOrDefault(TOTAL_COUNT, List.of());
		return values.stream()
			.filter((value) -> value.matches("\\d{1,18}"))
			.findFirst()
			.map(Long::valueOf)
			.orElse(null);
	}

	KratosUnreadableResponseException unreadable(String problem) {
		return new KratosUnreadableResponseException(this.operation, this.response.status(), problem);
	}

}
