package io.github.kratosadmin.test.embedded.internal.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on a random loopback port.
 */
public final class LoopbackServer implements AutoCloseable {

	private static final String BEARER = "Bearer ";

	private static final int THREADS = 8;

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

	private final HttpServer server;

	private final ExecutorService executor = Executors.newFixedThreadPool(THREADS, new DaemonThreads());

	public LoopbackServer() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Unable to listen on 127.0.0.1", ex);
		}
	}

	public String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	public void start(Function<AdminRequest, AdminResponse> handler) {
		this.server.setExecutor(this.executor);
		this.server.createContext("/", (exchange) -> {
			try (exchange) {
				write(exchange, handler.apply(read(exchange)));
			}
		});
		this.server.start();
	}

	private static AdminRequest read(HttpExchange exchange) throws IOException {
		Headers headers = exchange.getRequestHeaders();
		URI uri = exchange.getRequestURI();
		return new AdminRequest(exchange.getRequestMethod(), uri, uri.getRawPath(), List.of(),
				headers.getFirst("Content-Type"), headers.getFirst("X-Request-ID"), sessionToken(headers),
				exchange.getRequestBody().readAllBytes());
	}

	private static @Nullable String sessionToken(Headers headers) {
		String token = headers.getFirst("X-Session-Token");
		if (token != null && !token.isEmpty()) {
			return token;
		}
		String authorization = headers.getFirst("Authorization");
		return (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length()))
				? authorization.substring(BEARER.length()) : null;
	}

	private static void write(HttpExchange exchange, AdminResponse response) throws IOException {
		response.headers().forEach(exchange.getResponseHeaders()::set);
		byte[] body = response.body();
		if (body.length == 0 || exchange.getRequestMethod().equals("HEAD")) {
			exchange.sendResponseHeaders(response.status(), -1);
			return;
		}
		// The JDK sends the headers at once and the body in a second packet, which waits
		// for the client to acknowledge the first: 40 ms on a connection that is kept
		// alive. Only a system property of the whole JVM would change that.
		exchange.getResponseHeaders().set("Connection", "close");
		exchange.sendResponseHeaders(response.status(), body.length);
		try (OutputStream out = exchange.getResponseBody()) {
			out.write(body);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.executor.shutdownNow();
		try {
			this.executor.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static final class DaemonThreads implements ThreadFactory {

		private final AtomicInteger count = new AtomicInteger();

		@Override
		public Thread newThread(Runnable task) {
			Thread thread = new Thread(task, "embedded-kratos-" + this.count.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		}

	}

}
