package io.github.kratosadmin.internal.http;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.stream.Stream;

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
import io.github.kratosadmin.internal.operation.Operation;
import io.github.kratosadmin.internal.operation.Paging;
import io.github.kratosadmin.internal.operation.Routes;
import io.github.kratosadmin.metadata.Version;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * Sends the requests of Feign, with the admin headers and the path prefix, and follows
 * redirects.
 */
public class HttpTransport implements Client, Closeable {

	/** The number of all items of a list. */
	public static final String TOTAL_COUNT = "X-Total-Count";

	/** The only headers of a response that are read. */
	private static final List<String> RESPONSE_HEADERS = Stream
		.concat(Stream.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.CONTENT_LENGTH, HttpHeaders.LINK, TOTAL_COUNT),
				RetryAfter.HEADERS.stream())
		.toList();

	private static final Map<String, Collection<String>> ACCEPT_JSON = Map.of(HttpHeaders.ACCEPT,
			List.of(MediaType.APPLICATION_JSON_VALUE));

	/** What Go's HTTP server says of a path that it does not know. */
	private static final String GO_NOT_FOUND = "404 page not found";

	private final HttpSender http;

	private final PrefixFinder prefix;

	private final Supplier<Map<String, String>> adminHeaders;

	private final ActiveCalls calls;

	private volatile boolean closed;

	/**
	 * Creates a transport.
	 * @param http sends the requests; closed with this transport
	 * @param prefix tells which URLs are the admin API's
	 * @param adminHeaders headers, credentials among them, that go to the admin API only
	 * @param calls the calls that the requests are sent for
	 */
	public HttpTransport(HttpSender http, PrefixFinder prefix, Supplier<Map<String, String>> adminHeaders,
			ActiveCalls calls) {
		this.http = http;
		this.prefix = prefix;
		this.adminHeaders = adminHeaders;
		this.calls = calls;
	}

	@Override
	public Response execute(Request request, Request.Options options) {
		Response response = call(request);
		boolean noSuchList = response.status() == 404 && this.prefix.unprefixed().publicUrl() == null
				&& operation().paging() == Paging.SCHEMAS;
		return noSuchList ? listSchemasElsewhere(buffered(response), request) : response;
	}

	/**
	 * Lists the schemas where a single one is redirected to: Kratos 0.8 has the list at
	 * its public address only, and no redirect to it.
	 * @param notFound what the admin API says of the list
	 */
	private Response listSchemasElsewhere(Response notFound, Request request) {
		Routes routes = Objects.requireNonNullElse(this.prefix.known(), this.prefix.unprefixed());
		String schema = "/schemas/default";
		Redirects redirects = new Redirects(routes, operation().name(), URI.create(routes.adminUrl() + schema), schema,
				Request.HttpMethod.GET);
		try {
			HttpResponse response = send(redirects.url(), request, this.adminHeaders);
			if (!redirects.follow(response)) {
				response.close();
				return notFound;
			}
		}
		catch (KratosException ex) {
			// The 404 says more than this error.
			return notFound;
		}
		String list = redirects.url().toString().replaceFirst("/default$", "");
		URI url = URI.create(request.url().replaceFirst("^[^?]*", Matcher.quoteReplacement(list)));
		return response(
				exchange(new Redirects(routes, operation().name(), url, "/schemas", Request.HttpMethod.GET), request),
				request);
	}

	private Response call(Request request) {
		String url = request.url();
		if (this.closed) {
			throw closed(operation(), request);
		}
		Routes unprefixed = this.prefix.unprefixed();
		if (unprefixed.publicUrl() != null && !unprefixed.isAdmin(URI.create(url))) {
			this.calls.setRoutes(null);
			return response(exchange(new Redirects(unprefixed, operation().name(), URI.create(url), request), request),
					request);
		}
		Routes routes = this.prefix.routes(this::probeVersion, this.calls.timeLeft());
		URI target = unprefixed.move(url, routes);
		this.calls.setRoutes(routes);
		Redirects redirects = new Redirects(routes, operation().name(), target, request);
		Response response = response(exchange(redirects, request), request);
		if (redirects.url().equals(target)) {
			return rememberPrefix(response, routes);
		}
		// The server itself has said where to go.
		this.calls.setRoutes(null);
		return response;
	}

	/**
	 * Sends the request of a call. If the response does not seem to be from Kratos,
	 * detects the path prefix again, and retries a read if the prefix has changed. A
	 * change is not retried: it may have been carried out.
	 */
	public @Nullable Object callWithPrefixCheck(Call call, Action request) throws Throwable {
		Routes outer = call.routes();
		try {
			return request.run();
		}
		catch (KratosException ex) {
			Routes used = call.routes();
			if (used == null || !this.prefix.mayHaveWrongPrefix(ex) || detectAgain(used).equals(used)) {
				throw ex;
			}
			if (!operation().isRead() && ex instanceof KratosNotFoundException) {
				// Not found would be wrong.
				throw unavailable(operation(), used.adminUrl(), new IOException(
						"the server was replaced by one with other paths, where this has not been sent: call again"));
			}
			if (!operation().isRead()) {
				throw ex;
			}
			return request.run();
		}
		finally {
			call.setRoutes(outer);
		}
	}

	/**
	 * Lets the first version that is read without a redirect settle the prefix.
	 */
	private Response rememberPrefix(Response response, Routes routes) {
		if (operation().returnType() != Version.class || response.status() != 200 || this.prefix.known() != null) {
			return response;
		}
		Response read = buffered(response);
		try (ResponseBody body = new ResponseBody(read.body().asInputStream())) {
			if (isVersion(body)) {
				this.prefix.versionRead(routes);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return read;
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
		try (ResponseBody body = new ResponseBody(response.body().asInputStream())) {
			return response.toBuilder().body(body.readShortText(), StandardCharsets.UTF_8).build();
		}
		catch (IOException ex) {
			Request request = response.request();
			throw unavailable(operation(), URI.create(request.url()), ex);
		}
	}

	/**
	 * Looks for a version at a URL. A redirect is not followed: what it leads to says
	 * nothing about this URL.
	 */
	private PrefixFinder.ProbeResult probeVersion(URI url) {
		return this.calls.runNested(() -> probe(url));
	}

	private PrefixFinder.ProbeResult probe(URI url) {
		Request version = Request.create(Request.HttpMethod.GET, url.toString(), ACCEPT_JSON, Request.Body.empty(),
				new RequestTemplate());
		Response response = response(send(url, version, this.adminHeaders), version);
		try (ResponseBody body = new ResponseBody(response.body().asInputStream())) {
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

	private HttpResponse exchange(Redirects redirects, Request request) {
		while (true) {
			URI from = redirects.url();
			HttpResponse httpResponse = send(from, request, redirects.isAdmin() ? this.adminHeaders : Map::of);
			if (!redirects.follow(httpResponse)) {
				return httpResponse;
			}
			this.calls.markNotProcessed();
			this.prefix.redirected(from, redirects.url());
		}
	}

	private HttpResponse send(URI url, Request request, Supplier<Map<String, String>> adminHeaders) {
		try {
			Map<String, Collection<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
			adminHeaders.get().forEach((name, value) -> headers.put(name, List.of(value)));
			headers.putAll(request.headers());
			// Told by the body itself.
			headers.remove(HttpHeaders.CONTENT_LENGTH);
			if (operation().needsNewConnection() || this.calls.needNewConnections()) {
				headers.put(HttpHeaders.CONNECTION, List.of("close"));
			}
			return this.http.send(request.httpMethod().name(), url, headers, request.body());
		}
		catch (IOException | RuntimeException ex) {
			// Not only an IOException: HttpClient throws others when the thread is
			// interrupted, or when it is closed meanwhile.
			throw unavailable(operation(), url, ex);
		}
	}

	private Response response(HttpResponse httpResponse, Request request) {
		try {
			Map<String, Collection<String>> headers = new HashMap<>();
			for (String name : RESPONSE_HEADERS) {
				List<String> values = httpResponse.headers(name);
				if (!values.isEmpty()) {
					headers.put(name, values);
				}
			}
			return Response.builder()
				.status(httpResponse.status())
				.headers(headers)
				.body(new ReleasingBody(httpResponse), null)
				.request(request)
				.build();
		}
		catch (IOException ex) {
			httpResponse.close();
			throw unavailable(operation(), URI.create(request.url()), ex);
		}
	}

	/**
	 * What calls of a client that is closed end with.
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

	@Override
	public void close() {
		this.closed = true;
		this.http.close();
	}

	/**
	 * Closes the connection of a response whose end has not been read yet, instead of
	 * keeping it for the next call.
	 */
	public static void discardConnection(Response response) throws IOException {
		if (response.body().asInputStream() instanceof ReleasingBody body) {
			body.discardConnection();
		}
	}

	/**
	 * Gives the connection back when the body is closed.
	 */
	private static final class ReleasingBody extends FilterInputStream {

		private final HttpResponse httpResponse;

		ReleasingBody(HttpResponse httpResponse) throws IOException {
			super(httpResponse.body());
			this.httpResponse = httpResponse;
		}

		public void discardConnection() {
			this.httpResponse.discardConnection();
		}

		@Override
		public void close() {
			this.httpResponse.close();
		}

	}

}
