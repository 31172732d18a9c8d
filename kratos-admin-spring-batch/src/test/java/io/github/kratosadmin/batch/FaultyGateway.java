package io.github.kratosadmin.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A gateway in front of a server that can lose requests and responses.
 */
class FaultyGateway implements AutoCloseable {

	/** What happens to a request. */
	enum Fault {

		/** It is passed on, and so is the response. */
		NONE,

		/** The connection is closed, and nothing is passed on. */
		REQUEST_LOST,

		/** The request is passed on, and then the connection is closed. */
		RESPONSE_LOST,

		/** The gateway refuses the request itself. */
		FORBIDDEN,

		/** The request is refused with 400, as Kratos does it. */
		MALFORMED,

		/** The gateway refuses the request itself with 400. */
		BAD_REQUEST,

		/** The gateway fails itself. */
		BAD_GATEWAY,

		/** The gateway fails with a text that quotes the request. */
		QUOTED

	}

	private static final Set<String> HEADERS_OF_CONNECTION = Set.of("connection", "content-length", "date",
			"transfer-encoding");

	private final URI target;

	private final HttpClient client = HttpClient.newHttpClient();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final HttpServer server;

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private volatile Function<Request, Fault> faults = (request) -> Fault.NONE;

	FaultyGateway(URI target) {
		this.target = target;
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	URI url() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	/**
	 * Sets a function from each request to what happens to it.
	 */
	void faults(Function<Request, Fault> faults) {
		this.faults = faults;
	}

	/**
	 * Returns the requests so far, also those that were lost.
	 */
	List<Request> requests() {
		return this.requests;
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			byte[] body = exchange.getRequestBody().readAllBytes();
			Request request = new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
					new String(body, StandardCharsets.UTF_8));
			this.requests.add(request);
			switch (this.faults.apply(request)) {
				case NONE -> respond(exchange, send(exchange, body));
				case RESPONSE_LOST -> send(exchange, body);
				case BAD_REQUEST -> exchange.sendResponseHeaders(400, -1);
				case FORBIDDEN -> exchange.sendResponseHeaders(403, -1);
				case BAD_GATEWAY -> exchange.sendResponseHeaders(502, -1);
				case QUOTED -> fail(exchange, 500, new String(body, StandardCharsets.UTF_8));
				case MALFORMED -> fail(exchange, 400, "The request was malformed or contained invalid parameters");
				case REQUEST_LOST -> {
				}
			}
		}
	}

	private static void fail(HttpExchange exchange, int status, String message) throws IOException {
		ObjectNode error = JsonNodeFactory.instance.objectNode();
		error.putObject("error").put("code", status).put("message", message);
		byte[] response = error.toString().getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(status, response.length);
		exchange.getResponseBody().write(response);
	}

	private HttpResponse<byte[]> send(HttpExchange exchange, byte[] body) throws IOException {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.target.resolve(exchange.getRequestURI()))
			.method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
		String contentType = exchange.getRequestHeaders().getFirst("Content-Type");
		if (contentType != null) {
			request.header("Content-Type", contentType);
		}
		try {
			return this.client.send(request.build(), BodyHandlers.ofByteArray());
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

	private static void respond(HttpExchange exchange, HttpResponse<byte[]> response) throws IOException {
		response.headers().map().forEach((name, values) -> {
			if (!HEADERS_OF_CONNECTION.contains(name)) {
				exchange.getResponseHeaders().put(name, values);
			}
		});
		exchange.sendResponseHeaders(response.statusCode(), (response.body().length > 0) ? response.body().length : -1);
		exchange.getResponseBody().write(response.body());
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/**
	 * A request that the gateway received.
	 *
	 * @param method the HTTP method
	 * @param path the path with the query
	 * @param body the body
	 */
	record Request(String method, String path, String body) {

		boolean isImport() {
			return this.method.equals("PATCH");
		}

		boolean isLookup() {
			return this.path.contains("credentials_identifier=") || this.path.contains("/by/external/");
		}

	}

}
