package io.github.kratosadmin;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import feign.Request;
import feign.Request.HttpMethod;
import io.github.kratosadmin.error.KratosRedirectException;
import io.github.kratosadmin.error.KratosUnreadableAnswerException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.util.UriUtils;

/**
 * Follows the redirects of one call: Kratos sends the admin API's paths to its
 * {@code /admin} prefix, and flows, errors and schemas to its public address. No other
 * redirect is followed. Neither changes what is asked for, so that a redirect that does
 * is not followed either: some versions answer the id {@code ../sessions} with one to the
 * sessions.
 */
class Redirects {

	private static final int MAX_HOPS = 5;

	private static final String SESSION_TOKEN = "X-Session-Token";

	private final String operation;

	private final HttpMethod method;

	private final String path;

	private final @Nullable URI publicUrl;

	private final boolean sessionToken;

	private final Set<URI> visited = new LinkedHashSet<>();

	private URI url;

	/**
	 * Creates the redirects of a call.
	 * @param routes where operations go
	 * @param url where the call goes first
	 * @param request the request
	 */
	Redirects(Routes routes, URI url, Request request) {
		this.operation = AnswerReader.operation(request);
		this.url = url;
		this.path = routes.path(url);
		this.method = request.httpMethod();
		this.publicUrl = routes.publicUrl();
		this.sessionToken = request.headers().keySet().stream().anyMatch(SESSION_TOKEN::equalsIgnoreCase);
	}

	/**
	 * Creates the redirects of a call without a session token.
	 * @param operation the operation
	 * @param url where the call goes first
	 * @param path the path of the operation, at the end of the URL's
	 * @param method the HTTP method
	 */
	Redirects(String operation, URI url, String path, HttpMethod method) {
		this.operation = operation;
		this.url = url;
		this.path = path;
		this.method = method;
		this.publicUrl = null;
		this.sessionToken = false;
	}

	URI url() {
		return this.url;
	}

	/**
	 * Looks whether an answer is a redirect, and if so closes it.
	 * @return whether to send the request again, to the new {@link #url()}
	 * @throws KratosRedirectException if the redirect leads away from the admin API
	 * @throws KratosUnreadableAnswerException if it must not be followed for another
	 * reason
	 */
	boolean follow(ClientHttpResponse answer) {
		int status;
		String location;
		try {
			status = answer.getStatusCode().value();
			location = answer.getHeaders().getFirst(HttpHeaders.LOCATION);
		}
		catch (IOException ex) {
			answer.close();
			throw HttpTransport.unavailable(this.operation, this.url, ex);
		}
		if (status < 300 || status > 399 || status == 304) {
			return false;
		}
		answer.close();
		URI next = target(location);
		String problem = problem(status, next);
		if (next == null || problem != null) {
			throw new KratosUnreadableAnswerException(this.operation, status, describe(next, String.valueOf(problem)));
		}
		String problemElsewhere = HttpUrl.sameOrigin(this.url, next) ? null : problemElsewhere(next);
		if (problemElsewhere != null) {
			throw new KratosRedirectException(this.operation, status, describe(next, problemElsewhere));
		}
		this.visited.add(this.url);
		this.url = next;
		return true;
	}

	private String describe(@Nullable URI next, String problem) {
		String to = (next != null && next.getHost() != null) ? " to " + origin(next) : "";
		return "a redirect from " + origin(this.url) + to + " " + problem;
	}

	private @Nullable URI target(@Nullable String location) {
		try {
			return (location != null) ? this.url.resolve(location) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private @Nullable String problem(int status, @Nullable URI next) {
		if (next == null) {
			return "without a URL to go to";
		}
		if (next.getHost() == null || next.getPort() > 65535 || next.getRawUserInfo() != null || !isHttp(next)) {
			return "that is not to a plain http or https URL";
		}
		if (this.url.getScheme().equalsIgnoreCase("https") && next.getScheme().equalsIgnoreCase("http")) {
			return "that leaves https";
		}
		boolean sameRequest = status == 307 || status == 308;
		if (this.method != HttpMethod.GET && !(sameRequest && HttpUrl.sameOrigin(this.url, next))) {
			return "that would send a change elsewhere, or twice";
		}
		if (!endsWithPath(next)) {
			return "that leads to another path";
		}
		if (HttpUrl.hasDotSegments(next.getRawPath())) {
			return "that has '.' or '..' in its path";
		}
		if (next.equals(this.url) || this.visited.contains(next)) {
			return "that leads in a circle";
		}
		if (this.visited.size() >= MAX_HOPS) {
			return "after " + MAX_HOPS + " others";
		}
		return null;
	}

	/**
	 * What speaks against another origin: Kratos redirects only flows, errors and schemas
	 * there.
	 */
	private @Nullable String problemElsewhere(URI next) {
		if (!Routes.isPublic(this.path)) {
			return "that leaves the admin API: set the base URL to the address of the admin API itself";
		}
		boolean safe = next.getHost().equalsIgnoreCase(this.url.getHost())
				|| (this.publicUrl != null && HttpUrl.sameOrigin(next, this.publicUrl));
		return (this.sessionToken && !safe)
				? "where the session token is not sent: set the public URL, if that is Kratos's public API" : null;
	}

	private boolean endsWithPath(URI next) {
		List<String> path = segments(this.path);
		List<String> segments = segments(next.getRawPath());
		int start = segments.size() - path.size();
		return start >= 0 && segments.subList(start, segments.size()).equals(path);
	}

	/** Decoded one by one: servers encode differently, but a slash of an id is none. */
	private static List<String> segments(String rawPath) {
		return Arrays.stream(rawPath.replaceFirst("^/", "").split("/", -1))
			.map((segment) -> UriUtils.decode(segment, StandardCharsets.UTF_8))
			.toList();
	}

	private static boolean isHttp(URI url) {
		return "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
	}

	private static String origin(URI url) {
		return url.getScheme() + "://" + url.getHost() + ((url.getPort() != -1) ? ":" + url.getPort() : "");
	}

}
