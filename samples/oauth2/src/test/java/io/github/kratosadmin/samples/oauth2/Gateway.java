package io.github.kratosadmin.samples.oauth2;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A gateway in front of Kratos. It issues tokens, and passes only requests with the
 * current one on.
 */
final class Gateway implements AutoCloseable {

	private final URI kratos;

	private final HttpServer server;

	private final HttpClient client = HttpClient.newHttpClient();

	private final AtomicInteger tokens = new AtomicInteger();

	private volatile int required;

	Gateway(URI kratos) throws IOException {
		this.kratos = kratos;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/oauth2/token", this::issue);
		this.server.createContext("/", this::pass);
		this.server.start();
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	/**
	 * The number of tokens that were issued.
	 */
	int issued() {
		return this.tokens.get();
	}

	/**
	 * Refuses all tokens that were issued before.
	 */
	void revoke() {
		this.required = this.tokens.get();
	}

	private void issue(HttpExchange exchange) throws IOException {
		exchange.getRequestBody().readAllBytes();
		respond(exchange, 200, ("{\"access_token\":\"" + this.tokens.incrementAndGet()
				+ "\",\"token_type\":\"Bearer\",\"expires_in\":3600}")
			.getBytes(StandardCharsets.UTF_8));
	}

	private void pass(HttpExchange exchange) throws IOException {
		byte[] body = exchange.getRequestBody().readAllBytes();
		String token = exchange.getRequestHeaders().getFirst("Authorization");
		if (token == null || Integer.parseInt(token.replace("Bearer ", "")) <= this.required) {
			respond(exchange, 401, new byte[0]);
			return;
		}
		HttpRequest request = HttpRequest.newBuilder(this.kratos.resolve(exchange.getRequestURI()))
			.method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body))
			.header("Content-Type", "application/json")
			.build();
		try {
			HttpResponse<byte[]> response = this.client.send(request, BodyHandlers.ofByteArray());
			respond(exchange, response.statusCode(), response.body());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
		try (exchange) {
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(status, (body.length > 0) ? body.length : -1);
			exchange.getResponseBody().write(body);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
