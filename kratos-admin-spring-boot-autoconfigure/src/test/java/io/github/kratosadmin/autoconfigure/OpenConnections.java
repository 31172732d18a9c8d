package io.github.kratosadmin.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Server that counts its open connections. It responds only to the first request of each
 * connection, and only to requests for health and the version.
 */
class OpenConnections implements AutoCloseable {

	private final List<Socket> connections = new CopyOnWriteArrayList<>();

	private final ServerSocket server;

	OpenConnections() {
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getLocalPort();
	}

	int count() {
		return this.connections.size();
	}

	long open() {
		return this.connections.stream().filter((connection) -> !connection.isClosed()).count();
	}

	private void accept() {
		try {
			while (true) {
				Socket connection = this.server.accept();
				this.connections.add(connection);
				start(() -> serve(connection));
			}
		}
		catch (IOException ex) {
			// The server is closed.
		}
	}

	private void serve(Socket connection) {
		try (connection) {
			byte[] start = connection.getInputStream().readNBytes(20);
			String request = new String(start, StandardCharsets.US_ASCII);
			if (!request.contains("/identities")) {
				String body = request.contains("/health") ? "{\"status\":\"ok\"}" : "{\"version\":\"v26.2.0\"}";
				connection.getOutputStream()
					.write(("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
						.getBytes(StandardCharsets.US_ASCII));
			}
			while (connection.getInputStream().read() != -1) {
				// Waits until the client closes the connection.
			}
		}
		catch (IOException ex) {
			// The client closed the connection.
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "open-connections");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		try {
			this.server.close();
			for (Socket connection : this.connections) {
				connection.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
