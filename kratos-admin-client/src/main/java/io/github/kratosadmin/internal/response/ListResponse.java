package io.github.kratosadmin.internal.response;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import feign.Response;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.internal.http.HttpTransport;
import io.github.kratosadmin.internal.operation.Invocation;
import io.github.kratosadmin.internal.paging.PageToken;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.util.ObjectUtils;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A response with a page of a list: the request, the items, and the headers about other
 * pages.
 *
 * @param call the operation and its arguments
 * @param response the response
 * @param items the items of the page
 */
public record ListResponse(Invocation call, Response response, List<?> items) {

	/** Reads no character twice: servers send what they like. */
	private static final Pattern NEXT = Pattern.compile("<([^<>]*+)>\\s*+;\\s*+rel=\"?next\"?");

	private static final Pattern NUMBERED = Pattern.compile("[?&]page=");

	private static final int MAX_PAGE_SIZE = 1000;

	/**
	 * What was asked for with a parameter.
	 * @param name its name as it is sent
	 * @return the text, {@code null} if it was not set
	 */
	@Nullable String asked(String name) {
		return this.call.text(name);
	}

	boolean asksForAny(List<String> names) {
		return names.stream().anyMatch((name) -> !ObjectUtils.isEmpty(this.call.value(name)));
	}

	@Nullable Integer askedNumber(String name) {
		return (Integer) this.call.value(name);
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
		return new ListResponse(this.call, this.response, this.items.subList(0, size));
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
		String url = next.group(1);
		// What is before the query may be anything but a URL.
		String query = url.substring(url.indexOf('?') + 1);
		String encoded = UriComponentsBuilder.newInstance()
			.query(query)
			.build()
			.getQueryParams()
			.getFirst("page_token");
		if (encoded == null || encoded.isEmpty()) {
			throw unreadable("the next page in the Link header has no token");
		}
		String token = decode(encoded);
		if (token.equals(asked("page_token"))) {
			throw unreadable("the next page in the Link header is the same page again");
		}
		return PageToken.ofServer(token);
	}

	private String decode(String token) {
		try {
			return UriUtils.decode(token, UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw unreadable("the page token in the Link header is not well encoded");
		}
	}

	@Nullable Long total() {
		Collection<String> values = this.response.headers().getOrDefault(HttpTransport.TOTAL_COUNT, List.of());
		return values.stream()
			.filter((value) -> value.matches("\\d{1,18}"))
			.findFirst()
			.map(Long::valueOf)
			.orElse(null);
	}

	KratosUnreadableResponseException unreadable(String problem) {
		return new KratosUnreadableResponseException(this.call.name(), this.response.status(), problem);
	}

}
