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
 * A response with a page of a list: the call, the items, and the headers about other
 * pages.
 *
 * @param call the call, with its arguments
 * @param response the response
 * @param items the items of the page
 */
public record ListResponse(Invocation call, Response response, List<?> items) {

	/** Possessive, so that no input causes backtracking. */
	private static final Pattern NEXT = Pattern.compile("<([^<>]*+)>\\s*+;\\s*+rel=\"?next\"?");

	private static final Pattern NUMBERED = Pattern.compile("[?&]page=");

	private static final int MAX_PAGE_SIZE = 1000;

	/**
	 * Returns the requested value of a parameter.
	 * @param name the name of the parameter in the request
	 * @return the value as text, {@code null} if it was not set
	 */
	@Nullable String requested(String name) {
		return this.call.text(name);
	}

	boolean hasAny(List<String> names) {
		return names.stream().anyMatch((name) -> !ObjectUtils.isEmpty(this.call.value(name)));
	}

	@Nullable Integer requestedNumber(String name) {
		return (Integer) this.call.value(name);
	}

	/**
	 * Returns the maximum number of items on a page.
	 * @param parameter the name of the parameter with the requested size
	 */
	int pageSize(String parameter, int defaultSize) {
		Integer size = requestedNumber(parameter);
		return (size != null) ? Math.max(1, Math.min(size, MAX_PAGE_SIZE)) : defaultSize;
	}

	/**
	 * Removes the items beyond the size of the page. Kratos from 0.8 to 26.2 starts page
	 * n of the identity schemas, counted from 0, at the right schema, but returns n + 1
	 * times the page size. The following pages repeat the excess.
	 */
	ListResponse withoutExcess(String parameter, int defaultSize) {
		int size = Math.min(this.items.size(), pageSize(parameter, defaultSize));
		return new ListResponse(this.call, this.response, this.items.subList(0, size));
	}

	String link() {
		return String.join(",", this.response.headers().getOrDefault(HttpHeaders.LINK, List.of()));
	}

	/**
	 * Whether the links have page numbers. The links of 1.0 also have tokens, but these
	 * are only the number of items to skip.
	 */
	public boolean isNumbered() {
		return NUMBERED.matcher(link()).find();
	}

	/**
	 * Returns the server's token of the next page.
	 * @return the token, or {@code null} if this is the last page
	 */
	public @Nullable PageToken nextServerToken() {
		Matcher next = NEXT.matcher(link());
		if (!next.find()) {
			return null;
		}
		String url = next.group(1);
		// The part before the query need not be valid.
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
		if (token.equals(requested("page_token"))) {
			throw unreadable("the next page in the Link header is the same page again");
		}
		return PageToken.ofServer(token);
	}

	private String decode(String token) {
		try {
			return UriUtils.decode(token, UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw unreadable("the page token in the Link header is not correctly encoded");
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
