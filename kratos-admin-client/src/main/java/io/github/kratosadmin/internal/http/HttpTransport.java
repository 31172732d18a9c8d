package io.github.kratosadmin.internal.http;

import io.github.kratosadmin.internal.operation.Retries;
import io.github.kratosadmin.internal.response.ListResponse;
import io.github.kratosadmin.internal.operation.Routes;
import io.github.kratosadmin.internal.response.ResponseReader;
import io.github.kratosadmin.internal.operation.Calls;

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
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.stream.Stream;

import feign.Client;
import feign.Request;
import feign.RequestTemplate;
import feign.Response;
import io.github.kratosadmin.internal.operation.Call;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosPoolExhaustedException;
import io.github.kratosadmin.error.KratosUnavailableException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * Sends requests, once each, and follows redirects.
 */
public class HttpTransport implements Client, Closeable {

	/** The only headers of an answer that are looked at. */
	private static final List<String> ANSWER_HEADERS = Stream
		.concat(Stream.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.CONTENT_LENGTH, HttpHeaders.LINK,
				ListResponse.TOTAL_COUNT), RetryAfter.HEADERS.stream())
		.toList();

	private static final Map<String, Collection<String>> ACCEPT_JSON = Map.of(HttpHeaders.ACCEPT,
			List.of(MediaType.APPLICATION_JSON_VALUE));

	/**
	 * Operations whose results do not tell whose they are: what a server or proxy sends
	 * late on a connection that was used before would be taken for them.
	 */
	private static final Set<String> ON_NEW_CONNECTIONS = Set.of("createRecoveryLink", "createRecoveryCodeForIdentity",
			"getSchema");

	/** What Go's HTTP server says of a path that it does not know. */
	private static final String GO_NOT_FOUND = "404 page not found";

	private final HttpSender http;

	private final PrefixFinder prefix;

	private final Supplier<Map<String, String>> adminHeaders;

	private final Calls calls;

	private volatile boolean closed;

	/**
	 * Creates a transport.
	 * @param http sends the requests; closed with this transport
	 * @param prefix tells which URLs are the admin API's
	 * @param adminHeaders headers, credentials among them, that go to the admin API only
	 * @param calls the calls that the requests are sent for
	 */
	public HttpTransport(HttpSender http, PrefixFinder prefix, Supplier<Map<String, String>> adminHeaders, Calls calls) {
		this.http = http;
		this.prefix = prefix;
		this.adminHeaders = adminHeaders;
		this.calls = calls;
	}

	@Override
	public Response execute(Request request, Request.Options options) {
		Response response = call(request);
		boolean noSuchList = response.status() == 404 && this.prefix.unprefixed().publicUrl() == null
				&& ResponseReader.operation(request).equals("listIdentitySchemas");
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
		Redirects redirects = new Redirects(routes, "listIdentitySchemas", URI.create(routes.adminUrl() + schema),
				schema, Request.HttpMethod.GET);
		try {
			HttpResponse response = send("listIdentitySchemas", redirects.url(), request, this.adminHeaders);
			if (!redirects.follow(response)) {
				response.close();
				return notFound;
			}
		}
		catch (KratosException ex) {
			// The response that is there says more than the one that is not.
			return notFound;
		}
		String list = redirects.url().toString().replaceFirst("/default$", "");
		URI url = URI.create(request.url().replaceFirst("^[^?]*", Matcher.quoteReplacement(list)));
		return response(exchange(new Redirects(routes, "listIdentitySchemas", url, "/schemas", Request.HttpMethod.GET),
				request), request);
	}

	private Response call(Request request) {
		String url = request.url();
		if (this.closed) {
			throw closed(request);
		}
		Routes unprefixed = this.prefix.unprefixed();
		if (unprefixed.publicUrl() != null && !unprefixed.isAdmin(URI.create(url))) {
			this.calls.goesTo(null);
			return response(exchange(new Redirects(unprefixed, URI.create(url), request), request), request);
		}
		Routes routes = this.prefix.routes(versions(ResponseReader.operation(request)), this.calls.timeLeft());
		URI target = unprefixed.move(url, routes);
		this.calls.goesTo(routes);
		Redirects redirects = new Redirects(routes, target, request);
		Response response = response(exchange(redirects, request), request);
		if (redirects.url().equals(target)) {
			return learnFrom(response, routes);
		}
		// The server itself has said where to go.
		this.calls.goesTo(null);
		return response;
	}

	/**
	 * Makes a request of a call. If the response seems to be something else's, looks
	 * where the admin API is, and makes a read again if that is elsewhere. A change is
	 * not made again: it may have been carried out before something else answered.
	 */
	public @Nullable Object makeDoubting(String operation, boolean read, Call call, Retries.Read request) throws Throwable {
		Routes outer = call.routes();
		try {
			return request.make();
		}
		catch (KratosException ex) {
			Routes used = call.routes();
			if (used == null || !this.prefix.isDoubtful(ex) || findOutAgain(operation, used).equals(used)) {
				throw ex;
			}
			if (!read && ex instanceof KratosNotFoundException) {
				// Not found would be wrong.
				throw unavailable(operation, used.adminUrl(), new IOException(
						"the server was replaced by one with other paths, where this has not been sent: call again"));
			}
			if (!read) {
				throw ex;
			}
			return request.make();
		}
		finally {
			call.goesTo(outer);
		}
	}

	/**
	 * Lets the first version that is read without a redirect settle the prefix.
	 */
	private Response learnFrom(Response response, Routes routes) {
		boolean version = ResponseReader.operation(response.request()).equals("getVersion");
		if (!version || response.status() != 200 || this.prefix.known() != null) {
			return response;
		}
		Response read = buffered(response);
		try (ResponseBody body = new ResponseBody(read.body().asInputStream())) {
			if (ResponseReader.isVersion(body)) {
				this.prefix.versionRead(routes);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return read;
	}

	private Routes findOutAgain(String operation, Routes routes) {
		try {
			return this.prefix.findOutAgain(versions(operation), routes, this.calls.timeLeft());
		}
		catch (KratosException ex) {
			// The answer that is there says more than the one that is not.
			return routes;
		}
	}

	private static Response buffered(Response response) {
		try (ResponseBody body = new ResponseBody(response.body().asInputStream())) {
			return response.toBuilder().body(body.readShortText(), StandardCharsets.UTF_8).build();
		}
		catch (IOException ex) {
			Request request = response.request();
			throw unavailable(ResponseReader.operation(request), URI.create(request.url()), ex);
		}
	}

	private PrefixFinder.Versions versions(String operation) {
		return (url) -> this.calls.aside(() -> lookAtVersion(operation, url));
	}

	/**
	 * Looks for a version at a URL. A redirect is not followed: what it leads to says
	 * nothing about this URL.
	 */
	private PrefixFinder.Finding lookAtVersion(String operation, URI url) {
		Request version = Request.create(Request.HttpMethod.GET, url.toString(), ACCEPT_JSON, Request.Body.empty(),
				new RequestTemplate());
		Response response = response(send(operation, url, version, this.adminHeaders), version);
		try (ResponseBody body = new ResponseBody(response.body().asInputStream())) {
			if (response.status() == 200 && ResponseReader.isVersion(body)) {
				return PrefixFinder.Finding.READ;
			}
			return (response.status() == 404 && body.readShortText().strip().equals(GO_NOT_FOUND))
					? PrefixFinder.Finding.UNKNOWN_ROUTE : PrefixFinder.Finding.UNCLEAR;
		}
		catch (IOException ex) {
			throw unavailable(operation, url, ex);
		}
	}

	private HttpResponse exchange(Redirects redirects, Request request) {
		String operation = ResponseReader.operation(request);
		while (true) {
			URI from = redirects.url();
			HttpResponse answer = send(operation, from, request, redirects.isAdmin() ? this.adminHeaders : Map::of);
			if (!redirects.follow(answer)) {
				return answer;
			}
			this.calls.notDone();
			this.prefix.redirected(from, redirects.url());
		}
	}

	private HttpResponse send(String operation, URI url, Request request, Supplier<Map<String, String>> adminHeaders) {
		try {
			Map<String, Collection<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
			adminHeaders.get().forEach((name, value) -> headers.put(name, List.of(value)));
			headers.putAll(request.headers());
			// Told by the body itself.
			headers.remove(HttpHeaders.CONTENT_LENGTH);
			if (ON_NEW_CONNECTIONS.contains(operation) || this.calls.needNewConnections()) {
				headers.put(HttpHeaders.CONNECTION, List.of("close"));
			}
			return this.http.send(request.httpMethod().name(), url, headers, request.body());
		}
		catch (IOException | RuntimeException ex) {
			// Not only an IOException: HttpClient throws others when the thread is
			// interrupted, or when it is closed meanwhile.
			throw unavailable(operation, url, ex);
		}
	}

	private static Response response(HttpResponse answer, Request request) {
		try {
			Map<String, Collection<String>> headers = new HashMap<>();
			for (String name : ANSWER_HEADERS) {
				List<String> values = answer.headers(name);
				if (!values.isEmpty()) {
					headers.put(name, values);
				}
			}
			return Response.builder()
				.status(answer.status())
				.headers(headers)
				.body(new ReleasingBody(answer), null)
				.request(request)
				.build();
		}
		catch (IOException ex) {
			answer.close();
			throw unavailable(ResponseReader.operation(request), URI.create(request.url()), ex);
		}
	}

	/**
	 * What calls of a client that is closed end with.
	 */
	public static KratosUnavailableException closed(Request request) {
		return unavailable(ResponseReader.operation(request), URI.create(request.url()),
				new IllegalStateException("This KratosAdmin is closed"));
	}

	public static KratosUnavailableException unavailable(String operation, URI url, Exception ex) {
		String server = url.getScheme() + "://" + url.getRawAuthority() + ": ";
		if (ex instanceof PoolExhaustedException) {
			return new KratosPoolExhaustedException(operation, server + ex.getMessage(), ex);
		}
		String message = (ex.getMessage() != null) ? ": " + ex.getMessage() : "";
		return new KratosUnavailableException(operation, server + ex.getClass().getSimpleName() + message, ex);
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

		private final HttpResponse answer;

		ReleasingBody(HttpResponse answer) throws IOException {
			super(answer.body());
			this.answer = answer;
		}

		public void discardConnection() {
			this.answer.discardConnection();
		}

		@Override
		public void close() {
			this.answer.close();
		}

	}

}
