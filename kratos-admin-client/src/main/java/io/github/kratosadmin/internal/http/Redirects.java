package io.github.kratosadmin.internal.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import feign.Request;
import feign.Request.HttpMethod;
import feign.Response;
import io.github.kratosadmin.error.KratosRedirectException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.internal.operation.HttpUrl;
import io.github.kratosadmin.internal.operation.Routes;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.util.UriUtils;

/**
 * Decides whether to follow a redirect. Redirects to the {@code /admin} prefix are
 * followed, and those of flows, errors and schemas to the public API. They must keep the
 * path and the query of the operation; any other redirect is an error. For example, some
 * versions redirect the id {@code ../sessions} to the list of sessions.
 */
class Redirects {

	private static final int MAX_HOPS = 5;

	private static final String SESSION_TOKEN = "X-Session-Token";

	private final String operation;

	private final HttpMethod method;

	private final String path;

	private final String query;

	private final Routes routes;

	private final boolean sessionToken;

	private final Set<URI> visited = new LinkedHashSet<>();

	private URI url;

	private boolean admin;

	/**
	 * Creates an instance for a request.
	 * @param routes the URLs of the admin and public APIs
	 * @param operation the name of the operation
	 * @param url the initial URL
	 * @param request the request
	 */
	Redirects(Routes routes, String operation, URI url, Request request) {
		this(routes, operation, url, routes.path(url), request.httpMethod(),
				request.headers().keySet().stream().anyMatch(SESSION_TOKEN::equalsIgnoreCase));
	}

	/**
	 * Creates an instance for a request without a session token.
	 * @param routes the URLs of the admin and public APIs
	 * @param operation the name of the operation
	 * @param url the initial URL
	 * @param path the path of the operation, with which the path of the URL ends
	 * @param method the HTTP method
	 */
	Redirects(Routes routes, String operation, URI url, String path, HttpMethod method) {
		this(routes, operation, url, path, method, false);
	}

	private Redirects(Routes routes, String operation, URI url, String path, HttpMethod method, boolean sessionToken) {
		this.routes = routes;
		this.operation = operation;
		this.url = url;
		this.path = path;
		this.query = query(url);
		this.method = method;
		this.sessionToken = sessionToken;
		this.admin = routes.isAdmin(url) && routes.path(url).equals(path);
	}

	URI url() {
		return this.url;
	}

	/**
	 * Whether the URL is that of the operation in the admin API. Only then, the admin
	 * credentials may be sent to it.
	 */
	boolean isAdmin() {
		return this.admin;
	}

	/**
	 * Checks whether a response is a redirect, and closes it if so.
	 * @return whether to send the request again, to the new {@link #url()}
	 * @throws KratosRedirectException if the redirect must not be followed and leads to
	 * another origin
	 * @throws KratosUnreadableResponseException if the redirect must not be followed and
	 * does not lead to another origin
	 */
	boolean follow(Response response) {
		int status = response.status();
		if (status < 300 || status > 399 || status == 304) {
			return false;
		}
		response.close();
		URI next = target(
				response.headers().getOrDefault(HttpHeaders.LOCATION, List.of()).stream().findFirst().orElse(null));
		String problem = problem(status, next);
		if (next == null || problem != null) {
			String description = describe(next, String.valueOf(problem));
			throw (next != null && leavesOrigin(next))
					? new KratosRedirectException(this.operation, status, description)
					: new KratosUnreadableResponseException(this.operation, status, description);
		}
		this.visited.add(this.url);
		this.url = next;
		this.admin = isAdmin(next);
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
			return "without a valid URL";
		}
		if (next.getHost() == null || next.getPort() > 65535 || next.getRawUserInfo() != null || !isHttp(next)) {
			return "that is not to a plain http or https URL";
		}
		if (leavesOrigin(next) && !Routes.isPublic(this.path)) {
			return "that leaves the admin API: set the base URL to the address of the admin API itself";
		}
		if (this.url.getScheme().equalsIgnoreCase("https") && next.getScheme().equalsIgnoreCase("http")) {
			return "from https to http";
		}
		boolean sameRequest = status == 307 || status == 308;
		if (this.method != HttpMethod.GET && !sameRequest) {
			return "that would send a change elsewhere, or twice";
		}
		if (!endsWithPath(next)) {
			return "that leads to another path";
		}
		if (HttpUrl.hasDotSegments(next.getRawPath())) {
			return "that has '.' or '..' in its path";
		}
		if (!Routes.isPublic(this.path) && !isAdmin(next)) {
			return "that leads to another path";
		}
		if (!query(next).equals(this.query)) {
			return "that leads to another query";
		}
		if (next.equals(this.url) || this.visited.contains(next)) {
			return "that forms a circle";
		}
		if (this.visited.size() >= MAX_HOPS) {
			return "after " + MAX_HOPS + " others";
		}
		return sendsSessionTokenElsewhere(next)
				? "that would send the session token to another host: set the public URL, if that is Kratos's public API"
				: null;
	}

	private boolean leavesOrigin(URI next) {
		return next.getRawAuthority() != null && !HttpUrl.sameOrigin(this.url, next);
	}

	private boolean sendsSessionTokenElsewhere(URI next) {
		URI publicUrl = this.routes.publicUrl();
		return this.sessionToken && !next.getHost().equalsIgnoreCase(this.url.getHost())
				&& !(publicUrl != null && HttpUrl.sameOrigin(next, publicUrl));
	}

	/**
	 * Whether a URL is that of the operation in Kratos: below the admin URL, with or
	 * without the {@code /admin} prefix. Any other path may belong to another application
	 * on the same server.
	 */
	private boolean isAdmin(URI next) {
		List<String> segments = segments(next.getRawPath());
		String base = this.routes.adminUrl().getRawPath();
		return this.routes.isAdmin(next) && Stream.of(base, base + PrefixFinder.ADMIN)
			.anyMatch((start) -> segments(start + this.path).equals(segments));
	}

	private boolean endsWithPath(URI next) {
		List<String> path = segments(this.path);
		List<String> segments = segments(next.getRawPath());
		int start = segments.size() - path.size();
		return start >= 0 && segments.subList(start, segments.size()).equals(path);
	}

	/** The query, which Kratos keeps in redirects. It is part of the request. */
	private static String query(URI url) {
		return Objects.requireNonNullElse(url.getRawQuery(), "");
	}

	/**
	 * Decoded one by one, as servers differ in encoding. A %2F does not separate
	 * segments.
	 */
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
