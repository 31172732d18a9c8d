package io.github.kratosadmin.test.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A proxy that drops one connection in a hundred: at once, in the middle of the request,
 * or in the middle of the response, with an end or a reset.
 */
final class FaultyProxy implements AutoCloseable {

	private final ServerSocket socket;

	private final InetSocketAddress target;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final AtomicLong count = new AtomicLong();

	FaultyProxy(URI target) {
		this.target = new InetSocketAddress("127.0.0.1", target.getPort());
		try {
			this.socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
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
	 * The number of open connections from clients.
	 */
	int openConnections() {
		return this.open.size();
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.socket.accept();
				this.open.add(client);
				this.threads.execute(() -> serve(client, this.count.incrementAndGet() % 400));
			}
		}
		catch (IOException ex) {
			// Closed.
		}
	}

	private void serve(Socket client, long turn) {
		try (client; Socket server = new Socket()) {
			if (turn == 100) {
				return;
			}
			client.setTcpNoDelay(true);
			server.setTcpNoDelay(true);
			server.connect(this.target);
			this.threads.execute(() -> forward(client, server, (turn == 200) ? 20 : Long.MAX_VALUE));
			copy(server.getInputStream(), client.getOutputStream(), (turn == 300 || turn == 0) ? 30 : Long.MAX_VALUE);
			if (turn == 0) {
				// Closed with a reset.
				client.setSoLinger(true, 0);
			}
		}
		catch (IOException ex) {
			// Either side went away.
		}
		finally {
			this.open.remove(client);
		}
	}

	private static void forward(Socket from, Socket to, long bytes) {
		// Closes the server's side also if the client resets its connection, as it does
		// when it is closed.
		try (to) {
			copy(from.getInputStream(), to.getOutputStream(), bytes);
		}
		catch (IOException ex) {
			// Either side went away.
		}
	}

	/**
	 * Copies at most a number of bytes, and drops the rest.
	 */
	private static void copy(InputStream from, OutputStream to, long bytes) throws IOException {
		byte[] buffer = new byte[8192];
		long left = bytes;
		while (left > 0) {
			int count = from.read(buffer, 0, (int) Math.min(buffer.length, left));
			if (count == -1) {
				return;
			}
			to.write(buffer, 0, count);
			left -= count;
		}
	}

	@Override
	public void close() {
		try {
			this.socket.close();
			for (Socket client : this.open) {
				client.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.shutdownNow();
	}

}
