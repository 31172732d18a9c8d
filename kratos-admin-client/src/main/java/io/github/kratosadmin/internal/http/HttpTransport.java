package io.github.kratosadmin.internal.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;

import feign.Client;
import feign.Request;
import feign.RequestTemplate;
import feign.Response;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosPoolExhaustedException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.internal.operation.Action;
import io.github.kratosadmin.internal.operation.ActiveCalls;
import io.github.kratosadmin.internal.operation.Call;
import io.github.kratosadmin.internal.operation.ClientCounters;
import io.github.kratosadmin.internal.operation.Operation;
import io.github.kratosadmin.internal.operation.Paging;
import io.github.kratosadmin.internal.operation.Routes;
import io.github.kratosadmin.metadata.Version;
import io.github.kratosadmin.observation.KratosAdminObservationDocumentation.Events;
import io.github.kratosadmin.statistics.ConnectionStatistics;
import io.github.kratosadmin.statistics.RetryReason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * Sends Feign's requests with the admin headers and the path prefix, and follows
 * redirects.
 */
public class HttpTransport implements Client, Closeable {

	/** The header with the total number of items in a list. */
	public static final String TOTAL_COUNT = "X-Total-Count";

	static final String REQUEST_ID = "X-Request-Id";

	private static final Map<String, Collection<String>> ACCEPT_JSON = Map.of(HttpHeaders.ACCEPT,
			List.of(MediaType.APPLICATION_JSON_VALUE));

	private static final String SESSION_TOKEN = "X-Session-Token";

	private static final int UNAUTHORIZED = 401;

	/** The body of the response of Go's HTTP server to an unknown path. */
	private static final String GO_NOT_FOUND = "404 page not found";

	private final HttpSender http;

	private final PrefixFinder prefix;

	private final AdminHeaders adminHeaders;

	private final ActiveCalls calls;

	private final ClientCounters counters;

	private volatile boolean closed;

	/**
	 * Creates a transport.
	 * @param http sends the requests, and is closed with this transport
	 * @param prefix detects the path prefix of the admin API
	 * @param adminHeaders the headers for the admin API only, including credentials
	 * @param calls the active calls
	 * @param counters count retries, and requests without a free connection
	 */
	public HttpTransport(HttpSender http, PrefixFinder prefix, AdminHeaders adminHeaders, ActiveCalls calls,
			ClientCounters counters) {
		this.http = http;
		this.prefix = prefix;
		this.adminHeaders = adminHeaders;
		this.calls = calls;
		this.counters = counters;
	}

	@Override
	public Response execute(Request request, Request.Options options) {
		Response response = call(request);
		boolean noSuchList = response.status() == 404 && this.prefix.unprefixed().publicUrl() == null
				&& operation().paging() == Paging.SCHEMAS;
		return noSuchList ? listSchemasElsewhere(buffered(response), request) : response;
	}

	/**
	 * Lists the schemas at the address to which the server redirects requests for a
	 * single schema. Kratos 0.8 has the list at its public address only, and does not
	 * redirect to it.
	 * @param notFound the 404 response of the admin API to the list request
	 */
	private Response listSchemasElsewhere(Response notFound, Request request) {
		Routes routes = Objects.requireNonNullElse(this.prefix.known(), this.prefix.unprefixed());
		String schema = "/schemas/default";
		Redirects redirects = new Redirects(routes, operation().name(), URI.create(routes.adminUrl() + schema), schema,
				Request.HttpMethod.GET);
		try {
			Response response = send(redirects.url(), request, true);
			if (!redirects.follow(response)) {
				response.close();
				return notFound;
			}
			this.calls.signal(Events.REDIRECT);
		}
		catch (KratosException ex) {
			// The 404 says more than this error.
			return notFound;
		}
		String list = redirects.url().toString().replaceFirst("/default$", "");
		URI url = URI.create(request.url().replaceFirst("^[^?]*", Matcher.quoteReplacement(list)));
		redirects = new Redirects(routes, operation().name(), url, "/schemas", Request.HttpMethod.GET);
		Response response = send(url, request, redirects.isAdmin());
		return follow(redirects, response, request);
	}

	private Response call(Request request) {
		if (this.closed) {
			throw closed(operation(), request);
		}
		Routes unprefixed = this.prefix.unprefixed();
		if (unprefixed.publicUrl() != null && !unprefixed.isAdmin(URI.create(request.url()))) {
			this.calls.setRoutes(null);
			return exchange(unprefixed, URI.create(request.url()), request, false);
		}
		Routes routes = this.prefix.routes(this::probeVersion, this.calls.timeLeft());
		this.calls.setRoutes(routes);
		return exchange(routes, unprefixed.move(request.url(), routes), request, true);
	}

	/**
	 * Sends a request and follows redirects.
	 */
	private Response exchange(Routes routes, URI url, Request request, boolean admin) {
		Response response = send(url, request, admin);
		if (response.status() < 300) {
			return response;
		}
		Redirects redirects = new Redirects(routes, operation().name(), url, request);
		response = follow(redirects, response, request);
		if (!redirects.url().equals(url)) {
			// The URL is from the server itself, so the prefix is not in doubt.
			this.calls.setRoutes(null);
		}
		return response;
	}

	private Response follow(Redirects redirects, Response response, Request request) {
		Response last = response;
		for (URI from = redirects.url(); redirects.follow(last); from = redirects.url()) {
			this.calls.signal(Events.REDIRECT);
			this.calls.markNotProcessed();
			this.prefix.redirected(from, redirects.url());
			last = send(redirects.url(), request, redirects.isAdmin());
		}
		return last;
	}

	/**
	 * Sends the request of a call. If the response does not seem to be from Kratos,
	 * detects the path prefix again, and retries a read if the prefix has changed. A
	 * change is not retried, because it may have been carried out.
	 */
	public @Nullable Object callWithPrefixCheck(Call call, Action request) throws Throwable {
		Routes outer = call.routes();
		try {
			Object result = callAndDetectAgain(call, request);
			Routes used = call.routes();
			if (result instanceof Version && used != null) {
				this.prefix.versionRead(used);
			}
			return result;
		}
		finally {
			call.setRoutes(outer);
		}
	}

	private @Nullable Object callAndDetectAgain(Call call, Action request) throws Throwable {
		try {
			return request.run();
		}
		catch (KratosException ex) {
			Routes used = call.routes();
			if (used == null || !this.prefix.mayHaveWrongPrefix(ex) || detectAgain(used).equals(used)) {
				throw ex;
			}
			if (operation().isRead()) {
				this.calls.signal(Events.RETRY);
				this.counters.retry(RetryReason.PATH_PREFIX);
				return request.run();
			}
			if (ex instanceof KratosNotFoundException) {
				// The identity may exist at the new prefix.
				throw unavailable(operation(), used.adminUrl(), new IOException(
						"the path prefix of the server has changed, and the request was not sent to the new one: call again"));
			}
			throw ex;
		}
	}

	private Routes detectAgain(Routes routes) {
		try {
			return this.prefix.detectAgain(this::probeVersion, routes, this.calls.timeLeft());
		}
		catch (KratosException ex) {
			// The first error says more than this one.
			return routes;
		}
	}

	private Operation operation() {
		return this.calls.invocation().operation();
	}

	private static boolean isVersion(ResponseBody body) throws IOException {
		try {
			return KratosJson.mapper().readTree(body.readShortText()).path("version").isString();
		}
		catch (JacksonException | NumberFormatException ex) {
			return false;
		}
	}

	private Response buffered(Response response) {
		try (ResponseBody body = ResponseBody.of(response)) {
			return response.toBuilder().body(ResponseBody.ofText(body.readShortText()), null).build();
		}
		catch (IOException ex) {
			throw unavailable(operation(), URI.create(response.request().url()), ex);
		}
	}

	/**
	 * Requests the version at a URL. Redirects are not followed: their target says
	 * nothing about this URL.
	 */
	private PrefixFinder.ProbeResult probeVersion(URI url) {
		this.calls.signal(Events.VERSION);
		return this.calls.runNested(() -> probe(url));
	}

	private PrefixFinder.ProbeResult probe(URI url) {
		Request version = Request.create(Request.HttpMethod.GET, url.toString(), ACCEPT_JSON, Request.Body.empty(),
				new RequestTemplate());
		Response response = send(url, version, true);
		try (ResponseBody body = ResponseBody.of(response)) {
			if (response.status() == 200 && isVersion(body)) {
				return PrefixFinder.ProbeResult.VERSION_FOUND;
			}
			return (response.status() == 404 && body.readShortText().strip().equals(GO_NOT_FOUND))
					? PrefixFinder.ProbeResult.UNKNOWN_PATH : PrefixFinder.ProbeResult.INCONCLUSIVE;
		}
		catch (IOException ex) {
			throw unavailable(operation(), url, ex);
		}
	}

	/**
	 * Sends a request. If the admin API refuses its token, a read is sent once more with
	 * another one.
	 * @param admin whether the URL is of the admin API: no other one gets the headers of
	 * the admin API and of the call
	 */
	private Response send(URI url, Request request, boolean admin) {
		// The status and request id are those of the last request.
		this.calls.responded(0, null);
		if (!admin) {
			return send(url, request, Map.of());
		}
		Map<String, String> headers = adminHeaders(url);
		Response response = send(url, request, headers);
		if (!isTokenRefused(response, request)) {
			return response;
		}
		// The connection must be free while the provider gets another token.
		Response refusal = buffered(response);
		boolean renewable = this.adminHeaders.refused(headers) && request.httpMethod() == Request.HttpMethod.GET
				&& this.calls.renewToken();
		Map<String, String> renewed = renewable ? renewedHeaders(url) : headers;
		if (renewed.equals(headers)) {
			return refusal;
		}
		this.calls.signal(Events.RETRY);
		this.counters.retry(RetryReason.TOKEN_REFUSED);
		this.calls.responded(0, null);
		response = send(url, request, renewed);
		if (isTokenRefused(response, request)) {
			response = buffered(response);
			this.adminHeaders.refused(renewed);
		}
		return response;
	}

	/**
	 * Whether the bearer token may be what the server has refused. With a session token,
	 * it may be that one instead.
	 */
	private static boolean isTokenRefused(Response response, Request request) {
		return response.status() == UNAUTHORIZED && !request.headers().containsKey(SESSION_TOKEN);
	}

	private Map<String, String> adminHeaders(URI url) {
		try {
			Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
			headers.putAll(this.calls.headersOfCall());
			headers.putAll(this.adminHeaders.get());
			return headers;
		}
		catch (RuntimeException ex) {
			throw unavailable(operation(), url, ex);
		}
	}

	private Map<String, String> renewedHeaders(URI url) {
		try {
			return adminHeaders(url);
		}
		catch (KratosUnavailableException ex) {
			// The only request was refused.
			this.calls.markNotProcessed();
			throw ex;
		}
	}

	private Response send(URI url, Request request, Map<String, String> adminHeaders) {
		try {
			Map<String, Collection<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
			adminHeaders.forEach((name, value) -> headers.put(name, List.of(value)));
			headers.putAll(request.headers());
			// Set by HttpClient from the body.
			headers.remove(HttpHeaders.CONTENT_LENGTH);
			if (operation().needsNewConnection() || this.calls.needNewConnections()) {
				headers.put(HttpHeaders.CONNECTION, List.of("close"));
			}
			Response response = this.http.send(url, headers, request);
			Collection<String> requestIds = response.headers().getOrDefault(REQUEST_ID, List.of());
			this.calls.responded(response.status(), requestIds.stream().findFirst().orElse(null));
			Collection<String> dates = response.headers().getOrDefault(HttpHeaders.DATE, List.of());
			this.calls.setServerDate(dates.stream().findFirst().orElse(null));
			return response;
		}
		catch (IOException | RuntimeException ex) {
			if (ex instanceof PoolExhaustedException) {
				this.counters.poolExhausted();
			}
			// HttpClient throws other exceptions too, if the thread is interrupted or
			// the client is closed during the request.
			throw unavailable(operation(), url, ex);
		}
	}

	/**
	 * The exception for calls of a closed client.
	 */
	public static KratosUnavailableException closed(Operation operation, Request request) {
		return unavailable(operation, URI.create(request.url()),
				new IllegalStateException("This KratosAdmin is closed"));
	}

	public static KratosUnavailableException unavailable(Operation operation, URI url, Exception ex) {
		String server = url.getScheme() + "://" + url.getRawAuthority() + ": ";
		if (ex instanceof PoolExhaustedException) {
			return new KratosPoolExhaustedException(operation.name(), server + ex.getMessage(), ex);
		}
		String message = (ex.getMessage() != null) ? ": " + ex.getMessage() : "";
		return new KratosUnavailableException(operation.name(), server + ex.getClass().getSimpleName() + message, ex);
	}

	/**
	 * The connections now.
	 */
	public ConnectionStatistics connections() {
		return this.http.connections();
	}

	@Override
	public void close() {
		this.closed = true;
		this.http.close();
	}

}
