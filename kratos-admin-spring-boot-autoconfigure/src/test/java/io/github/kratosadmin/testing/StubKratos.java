package io.github.kratosadmin.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * An HTTP server with a configurable response for each path. It records the requests.
 */
public class StubKratos implements AutoCloseable {

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final Map<String, Response> responses = new ConcurrentHashMap<>();

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private final Set<String> refusedTokens = ConcurrentHashMap.newKeySet();

	private final CountDownLatch closed = new CountDownLatch(1);

	private final HttpServer server;

	public StubKratos() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::handle);
		this.server.setExecutor(this.executor);
		this.server.start();
		respond("/health/ready", 200, "{\"status\":\"ok\"}");
		respond("/version", 200, "{\"version\":\"v0.6.3-alpha.1\"}");
		respond("/identities/1", 200, "{\"id\":\"1\",\"traits\":{},\"created_at\":\"2026-11-23T14:21:54.488072Z\"}");
	}

	private void handle(HttpExchange exchange) throws IOException {
		Headers headers = new Headers();
		headers.putAll(exchange.getRequestHeaders());
		this.requests.add(new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers));
		Response response = isRefused(headers) ? new Response(401, "{}")
				: this.responses.getOrDefault(exchange.getRequestURI().getPath(), new Response(404, "{}"));
		try (exchange) {
			if (response == Response.NEVER) {
				this.closed.await();
				return;
			}
			byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(response.status(), body.length);
			exchange.getResponseBody().write(body);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	public String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	public void respond(String path, int status, String body) {
		this.responses.put(path, new Response(status, body));
	}

	public void neverRespond(String path) {
		this.responses.put(path, Response.NEVER);
	}

	/**
	 * Responds with 401 to requests with a bearer token.
	 */
	public void refuse(String token) {
		this.refusedTokens.add("Bearer " + token);
	}

	private boolean isRefused(Headers headers) {
		String authorization = headers.getFirst("Authorization");
		return authorization != null && this.refusedTokens.contains(authorization);
	}

	public List<Request> requests() {
		return this.requests;
	}

	public Request onlyRequest() {
		if (this.requests.size() != 1) {
			throw new AssertionError("Expected one request, but got " + this.requests);
		}
		return this.requests.get(0);
	}

	@Override
	public void close() {
		this.closed.countDown();
		this.server.stop(0);
		this.executor.shutdownNow();
	}

	public record Request(String method, String path, Headers headers) {

	}

	private record Response(int status, String body) {

		static final Response NEVER = new Response(0, "");

	}

}
