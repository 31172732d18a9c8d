package io.github.kratosadmin;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import feign.Client;
import feign.Request;
import feign.Response;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosPoolExhaustedException;
import io.github.kratosadmin.error.KratosUnavailableException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Sends requests, once each, and follows redirects.
 */
class HttpTransport implements Client, Closeable {

	/** The only headers of an answer that are looked at. */
	private static final List<String> ANSWER_HEADERS = List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.LINK,
			HttpHeaders.RETRY_AFTER, ListAnswer.TOTAL_COUNT);

	private static final Map<String, Collection<String>> ACCEPT_JSON = Map.of(HttpHeaders.ACCEPT,
			List.of(MediaType.APPLICATION_JSON_VALUE));

	private final ClientHttpRequestFactory requestFactory;

	private final PrefixFinder prefix;

	private final Supplier<Map<String, String>> adminHeaders;

	private volatile boolean closed;

	/**
	 * Creates a transport.
	 * @param requestFactory makes the requests; closed with this transport
	 * @param prefix tells which URLs are the admin API's
	 * @param adminHeaders headers, credentials among them, that go to the admin API only
	 */
	HttpTransport(ClientHttpRequestFactory requestFactory, PrefixFinder prefix,
			Supplier<Map<String, String>> adminHeaders) {
		this.requestFactory = requestFactory;
		this.prefix = prefix;
		this.adminHeaders = adminHeaders;
	}

	@Override
	public Response execute(Request request, Request.Options options) {
		if (this.closed) {
			throw new IllegalStateException("This KratosAdmin is closed");
		}
		String url = request.url();
		Routes unprefixed = this.prefix.unprefixed();
		if (unprefixed.publicUrl() != null && !unprefixed.isAdmin(URI.create(url))) {
			return response(exchange(unprefixed, URI.create(url), request), request);
		}
		PrefixFinder.Versions versions = (versionUrl) -> hasVersion(versionUrl, request);
		Routes routes = this.prefix.routes(versions);
		ClientHttpResponse answer = exchange(routes, unprefixed.move(url, routes), request);
		if (!this.prefix.isDoubtful(answer)) {
			return response(answer, request);
		}
		// Read now, as finding out needs a connection too.
		Response doubtful = buffered(response(answer, request));
		Routes now = findOutAgain(versions, routes);
		if (now.equals(routes)) {
			return doubtful;
		}
		if (request.httpMethod() != Request.HttpMethod.GET) {
			// Not sent again, as a proxy may have answered after Kratos acted; but not
			// found would be wrong as well.
			throw unavailable(AnswerReader.operation(request), URI.create(url), new IOException(
					"the server was replaced by one with other paths, where this has not been sent: call again"));
		}
		return response(exchange(now, unprefixed.move(url, now), request), request);
	}

	private Routes findOutAgain(PrefixFinder.Versions versions, Routes routes) {
		try {
			return this.prefix.findOut(versions);
		}
		catch (KratosException ex) {
			// The answer that is there says more than the one that is not.
			return routes;
		}
	}

	private static Response buffered(Response response) {
		try (AnswerBody body = new AnswerBody(response.body().asInputStream())) {
			return response.toBuilder().body(body.readShortText(), StandardCharsets.UTF_8).build();
		}
		catch (IOException ex) {
			Request request = response.request();
			throw unavailable(AnswerReader.operation(request), URI.create(request.url()), ex);
		}
	}

	/**
	 * Whether there is a version at a URL, {@code null} if the answer does not tell.
	 */
	private @Nullable Boolean hasVersion(URI url, Request request) {
		Request version = Request.create(Request.HttpMethod.GET, url.toString(), ACCEPT_JSON, Request.Body.empty(),
				request.requestTemplate());
		Response response = response(exchange(this.prefix.unprefixed().withPrefix(PrefixFinder.ADMIN), url, version),
				version);
		try (AnswerBody body = new AnswerBody(response.body().asInputStream())) {
			return switch (response.status()) {
				case 200 -> AnswerReader.isVersion(body);
				case 404 -> false;
				default -> null;
			};
		}
		catch (IOException ex) {
			throw unavailable(AnswerReader.operation(request), url, ex);
		}
	}

	private ClientHttpResponse exchange(Routes routes, URI url, Request request) {
		String operation = AnswerReader.operation(request);
		Redirects redirects = new Redirects(operation, url, routes.path(url), request.httpMethod());
		while (true) {
			URI from = redirects.url();
			ClientHttpResponse answer = send(operation, from, request,
					routes.isAdmin(from) ? this.adminHeaders.get() : Map.of());
			if (!redirects.follow(answer)) {
				return answer;
			}
			this.prefix.redirected(from, redirects.url());
		}
	}

	private ClientHttpResponse send(String operation, URI url, Request request, Map<String, String> adminHeaders) {
		try {
			ClientHttpRequest http = this.requestFactory.createRequest(url,
					HttpMethod.valueOf(request.httpMethod().name()));
			adminHeaders.forEach(http.getHeaders()::set);
			request.headers().forEach((name, values) -> addHeader(http.getHeaders(), name, values));
			byte @Nullable [] body = request.body();
			if (body != null) {
				http.getHeaders().setContentLength(body.length);
				setBody(http, body);
			}
			return http.execute();
		}
		catch (IOException | RuntimeException ex) {
			// Not only an IOException: HttpClient throws others when the thread is
			// interrupted, or when it is closed meanwhile.
			throw unavailable(operation, url, ex);
		}
	}

	private static void addHeader(HttpHeaders headers, String name, Collection<String> values) {
		if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)) {
			headers.put(name, List.copyOf(values));
		}
	}

	private static void setBody(ClientHttpRequest http, byte[] body) throws IOException {
		if (http instanceof StreamingHttpOutputMessage streaming) {
			streaming.setBody(body);
		}
		else {
			http.getBody().write(body);
		}
	}

	private static Response response(ClientHttpResponse answer, Request request) {
		try {
			Map<String, Collection<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
			for (String name : ANSWER_HEADERS) {
				List<String> values = answer.getHeaders().get(name);
				if (values != null) {
					headers.put(name, values);
				}
			}
			return Response.builder()
				.status(answer.getStatusCode().value())
				.headers(headers)
				.body(new ReleasingBody(answer), null)
				.request(request)
				.build();
		}
		catch (IOException ex) {
			answer.close();
			throw unavailable(AnswerReader.operation(request), URI.create(request.url()), ex);
		}
	}

	static KratosUnavailableException unavailable(String operation, URI url, Exception ex) {
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
		if (this.requestFactory instanceof DisposableBean disposable) {
			try {
				disposable.destroy();
			}
			catch (Exception ex) {
				throw new IllegalStateException("The connections to Kratos could not be closed", ex);
			}
		}
	}

	/**
	 * Gives the connection back when the body is closed.
	 */
	private static final class ReleasingBody extends FilterInputStream {

		private final ClientHttpResponse answer;

		ReleasingBody(ClientHttpResponse answer) throws IOException {
			super(answer.getBody());
			this.answer = answer;
		}

		@Override
		public void close() {
			this.answer.close();
		}

	}

}
