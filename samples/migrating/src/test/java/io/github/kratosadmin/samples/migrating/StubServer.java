package io.github.kratosadmin.samples.migrating;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/**
 * A server that sends the same response to all requests and records them. It responds to
 * a request for the version as Kratos 26.2 does.
 */
class StubServer implements AutoCloseable {

	private final HttpServer server;

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	/**
	 * @param response the response, or {@code null} to close the connection without one
	 */
	StubServer(Function<Request, @Nullable Response> response) {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", (exchange) -> {
			try (exchange) {
				Request request = Request.of(exchange);
				boolean version = request.path().endsWith("/version");
				if (!version) {
					this.requests.add(request);
				}
				send(exchange, version ? Response.json(200, "{\"version\":\"v26.2.0\"}") : response.apply(request));
			}
		});
		this.server.start();
	}

	private static void send(HttpExchange exchange, @Nullable Response response) throws IOException {
		if (response != null) {
			byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set(response.header(), response.value());
			exchange.sendResponseHeaders(response.status(), (body.length > 0) ? body.length : -1);
			exchange.getResponseBody().write(body);
		}
	}

	String url() {
		return "http://localhost:" + this.server.getAddress().getPort();
	}

	/**
	 * Returns all requests, except those for the version.
	 */
	List<Request> requests() {
		return this.requests;
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	/**
	 * A request.
	 *
	 * @param method the HTTP method
	 * @param path the path without the query
	 * @param apiKey the header {@code X-Api-Key}
	 * @param body the body
	 */
	record Request(String method, String path, @Nullable String apiKey, String body) {

		static Request of(HttpExchange exchange) throws IOException {
			return new Request(exchange.getRequestMethod(), exchange.getRequestURI().getPath(),
					exchange.getRequestHeaders().getFirst("X-Api-Key"),
					new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
		}

	}

	/**
	 * A response with one header.
	 */
	record Response(int status, String header, String value, String body) {

		static Response json(int status, String body) {
			return new Response(status, "Content-Type", "application/json", body);
		}

	}

}
