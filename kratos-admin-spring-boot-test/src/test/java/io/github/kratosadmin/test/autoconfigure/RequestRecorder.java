package io.github.kratosadmin.test.autoconfigure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * Forwards connections to a server, and records what the client sends.
 */
final class RequestRecorder implements AutoCloseable {

	private final ServerSocket socket;

	private final URI target;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Queue<ByteArrayOutputStream> sent = new ConcurrentLinkedQueue<>();

	RequestRecorder(URI target) {
		this.target = target;
		try {
			this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.execute(this::accept);
	}

	String url() {
		return "http://127.0.0.1:" + this.socket.getLocalPort();
	}

	/**
	 * The values of a header in the requests with a request line.
	 */
	List<String> headers(String requestLine, String name) {
		Pattern header = Pattern.compile(
				"^" + Pattern.quote(requestLine) + "\\b.*\r\n(?:.+\r\n)*?(?i:" + name + "): (.*)\r\n",
				Pattern.MULTILINE);
		return this.sent.stream()
			.flatMap((bytes) -> header.matcher(bytes.toString(StandardCharsets.ISO_8859_1)).results())
			.map((result) -> result.group(1))
			.toList();
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.socket.accept();
				Socket server = new Socket(this.target.getHost(), this.target.getPort());
				ByteArrayOutputStream record = new ByteArrayOutputStream();
				this.sent.add(record);
				this.threads.execute(() -> forward(client, server, record));
				this.threads.execute(() -> forward(server, client, OutputStream.nullOutputStream()));
			}
		}
		catch (IOException ex) {
			// Closed.
		}
	}

	private static void forward(Socket from, Socket to, OutputStream record) {
		try (from; to) {
			InputStream in = from.getInputStream();
			byte[] buffer = new byte[8192];
			for (int count = in.read(buffer); count != -1; count = in.read(buffer)) {
				record.write(buffer, 0, count);
				to.getOutputStream().write(buffer, 0, count);
			}
		}
		catch (IOException ex) {
			// Either side closed the connection.
		}
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
		this.threads.shutdownNow();
	}

}
