package io.github.kratosadmin.samples.docs;

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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;

/**
 * The gateway of Ory Network as its documentation describes it, in front of the embedded
 * Kratos: one host for both APIs, the admin API under {@code /admin} with an API key and
 * without {@code /health}, and a rate limit without {@code Retry-After}.
 */
class PretendedOryNetwork implements AutoCloseable {

	static final String API_KEY = "ory_pat_example";

	private static final List<String> FORWARDED = List.of("Accept", "Content-Type", "X-Session-Token", "Cookie");

	private final EmbeddedKratos kratos = EmbeddedKratos.start();

	private final HttpClient http = HttpClient.newHttpClient();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final HttpServer server;

	private final Queue<String> requests = new ConcurrentLinkedQueue<>();

	private final AtomicInteger limited = new AtomicInteger();

	PretendedOryNetwork() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::handle);
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	EmbeddedKratos kratos() {
		return this.kratos;
	}

	/**
	 * The methods and paths of the requests so far.
	 */
	List<String> requests() {
		return List.copyOf(this.requests);
	}

	/**
	 * Refuses the next requests to the admin API because of the rate limit.
	 */
	void limitNext(int count) {
		this.limited.set(count);
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			String path = exchange.getRequestURI().getRawPath();
			this.requests.add(exchange.getRequestMethod() + " " + path);
			boolean authorized = ("Bearer " + API_KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"));
			if (!path.startsWith("/admin/")) {
				forward(exchange, this.kratos.publicUrl());
			}
			else if (!authorized) {
				respond(exchange, 401, "{\"error\":{\"code\":401,\"status\":\"Unauthorized\"}}");
			}
			else if (path.startsWith("/admin/health/") || path.equals("/admin/version")) {
				respond(exchange, 404, "404 page not found");
			}
			else if (this.limited.getAndUpdate((left) -> Math.max(left - 1, 0)) > 0) {
				exchange.getResponseHeaders().set("x-ratelimit-limit", "1, 1;w=1, 10;w=60");
				exchange.getResponseHeaders().set("x-ratelimit-remaining", "0");
				exchange.getResponseHeaders().set("x-ratelimit-reset", "1");
				respond(exchange, 429, "{\"error\":{\"code\":429,\"status\":\"Too Many Requests\"}}");
			}
			else {
				forward(exchange, this.kratos.adminUrl());
			}
		}
	}

	private void forward(HttpExchange exchange, URI to) throws IOException {
		byte[] body = exchange.getRequestBody().readAllBytes();
		HttpRequest.Builder request = HttpRequest.newBuilder(to.resolve(exchange.getRequestURI().toString()))
			.method(exchange.getRequestMethod(),
					(body.length > 0) ? BodyPublishers.ofByteArray(body) : BodyPublishers.noBody());
		for (String name : FORWARDED) {
			exchange.getRequestHeaders().getOrDefault(name, List.of()).forEach((value) -> request.header(name, value));
		}
		HttpResponse<String> response;
		try {
			response = this.http.send(request.build(), BodyHandlers.ofString());
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
		response.headers().firstValue("Link").ifPresent((link) -> exchange.getResponseHeaders().set("Link", link));
		respond(exchange, response.statusCode(), response.body());
	}

	private static void respond(HttpExchange exchange, int status, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		if (!body.isEmpty()) {
			exchange.getResponseHeaders()
				.set("Content-Type", body.startsWith("{") || body.startsWith("[") ? "application/json"
						: "text/plain; charset=utf-8");
		}
		exchange.sendResponseHeaders(status, (bytes.length > 0) ? bytes.length : -1);
		exchange.getResponseBody().write(bytes);
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
		this.kratos.close();
	}

}
