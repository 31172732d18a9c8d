package io.github.kratosadmin.autoconfigure.health;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A Kratos that is ready, but sends its responses byte by byte.
 */
class DrippingKratos implements AutoCloseable {

	private static final byte[] READY = response("200 OK", "{\"status\":\"ok\"}");

	private static final byte[] NOT_FOUND = response("404 Not Found", "404 page not found");

	private final CountDownLatch closed = new CountDownLatch(1);

	private final Duration interval;

	private final ServerSocket server;

	/**
	 * Starts a server.
	 * @param responseTime the time to send one response
	 */
	DrippingKratos(Duration responseTime) {
		this.interval = responseTime.dividedBy(READY.length - 1);
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	private static byte[] response(String status, String body) {
		return ("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
				+ "\r\n\r\n" + body)
			.getBytes(StandardCharsets.US_ASCII);
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "dripping-kratos");
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		try {
			while (true) {
				Socket connection = this.server.accept();
				start(() -> serve(connection));
			}
		}
		catch (IOException ex) {
			// The server is closed.
		}
	}

	private void serve(Socket connection) {
		try (connection) {
			connection.setTcpNoDelay(true);
			BufferedReader request = new BufferedReader(
					new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
			String first = request.readLine();
			while (first != null) {
				for (String line = first; line != null && !line.isEmpty();) {
					line = request.readLine();
				}
				drip(connection, first.startsWith("GET /health/ready ") ? READY : NOT_FOUND);
				first = request.readLine();
			}
		}
		catch (IOException ex) {
			// The client closed the connection.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void drip(Socket connection, byte[] response) throws IOException, InterruptedException {
		for (byte b : response) {
			connection.getOutputStream().write(b);
			if (this.closed.await(this.interval.toNanos(), TimeUnit.NANOSECONDS)) {
				throw new IOException("closed");
			}
		}
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getLocalPort();
	}

	@Override
	public void close() {
		this.closed.countDown();
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
