package io.github.kratosadmin.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Answers each path with what the test says, and remembers the requests.
 */
class StubKratos implements AutoCloseable {

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final Map<String, Answer> answers = new ConcurrentHashMap<>();

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private final CountDownLatch closed = new CountDownLatch(1);

	private final HttpServer server;

	StubKratos() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::handle);
		this.server.setExecutor(this.executor);
		this.server.start();
		answer("/health/ready", 200, "{\"status\":\"ok\"}");
		answer("/version", 200, "{\"version\":\"v0.6.3-alpha.1\"}");
		answer("/identities/1", 200, "{\"id\":\"1\",\"traits\":{},\"created_at\":\"2026-11-23T14:21:54.488072Z\"}");
	}

	private void handle(HttpExchange exchange) throws IOException {
		Headers headers = new Headers();
		headers.putAll(exchange.getRequestHeaders());
		this.requests.add(new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers));
		Answer answer = this.answers.getOrDefault(exchange.getRequestURI().getPath(), new Answer(404, "{}"));
		try (exchange) {
			if (answer == Answer.NEVER) {
				this.closed.await();
				return;
			}
			byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(answer.status(), body.length);
			exchange.getResponseBody().write(body);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	void answer(String path, int status, String body) {
		this.answers.put(path, new Answer(status, body));
	}

	void neverAnswer(String path) {
		this.answers.put(path, Answer.NEVER);
	}

	List<Request> requests() {
		return this.requests;
	}

	Request onlyRequest() {
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

	record Request(String method, String path, Headers headers) {

	}

	private record Answer(int status, String body) {

		static final Answer NEVER = new Answer(0, "");

	}

}
