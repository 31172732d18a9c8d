package com.example.cloud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * An instance of the billing service. It responds with its name.
 */
class BillingService implements AutoCloseable {

	private final String name;

	private final HttpServer server;

	private volatile int status;

	private volatile Map<String, List<String>> headers;

	BillingService(String name) {
		this.name = name;
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		reset();
		this.server.createContext("/", this::respond);
		this.server.start();
	}

	String url() {
		return "http://localhost:" + this.server.getAddress().getPort();
	}

	void reset() {
		this.status = 200;
		this.headers = Map.of();
	}

	void fail(int status) {
		this.status = status;
	}

	/** Returns the headers of the last request. */
	Map<String, List<String>> headers() {
		return this.headers;
	}

	private void respond(HttpExchange exchange) throws IOException {
		try (exchange) {
			this.headers = Map.copyOf(exchange.getRequestHeaders());
			byte[] body = this.name.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(this.status, body.length);
			exchange.getResponseBody().write(body);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
