package io.github.kratosadmin.internal.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.identity.CreateIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests changes on connections that the server closes without notice, at any time after a
 * response. With {@code -Dclosed.calls=10000}, the number of failures can be compared.
 */
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
class ClosedConnectionsTests {

	private static final int CALLS = Integer.getInteger("closed.calls", 500);

	private static final byte[] CREATED = ("HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 10\r\n"
			+ "\r\n{\"id\":\"x\"}")
		.getBytes(StandardCharsets.US_ASCII);

	private final Random random = new Random(1);

	private final AtomicInteger received = new AtomicInteger();

	@Test
	void noChangeIsSentTwiceAndFewFail() throws IOException {
		CreateIdentity identity = CreateIdentity.builder().traits(Map.of()).build();
		int failed = 0;
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				KratosAdmin admin = KratosAdmin.builder()
					.baseUrl("http://127.0.0.1:" + server.getLocalPort())
					.pathPrefix("")
					.build()) {
			Thread acceptor = new Thread(() -> accept(server));
			acceptor.setDaemon(true);
			acceptor.start();
			for (int i = 0; i < CALLS; i++) {
				try {
					admin.identities().createIdentity(identity);
				}
				catch (KratosUnavailableException ex) {
					failed++;
				}
				LockSupport.parkNanos(this.random.nextInt(1_000_000));
			}
		}
		System.out.println(failed + " of " + CALLS + " failed");
		assertThat(this.received.get()).isBetween(CALLS - failed, CALLS);
		assertThat(failed).isLessThan(CALLS / 50);
	}

	private void accept(ServerSocket server) {
		for (int i = 2; !server.isClosed(); i++) {
			try {
				Socket connection = server.accept();
				Random random = new Random(i);
				Thread thread = new Thread(() -> serve(connection, random));
				thread.setDaemon(true);
				thread.start();
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	/**
	 * Responds to some requests, and closes the connection up to a millisecond later
	 * unless it receives another request.
	 */
	private void serve(Socket socket, Random random) {
		try (Socket connection = socket) {
			connection.setTcpNoDelay(true);
			BufferedReader reader = new BufferedReader(
					new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
			for (int left = 1 + random.nextInt(5); left > 0 || isAsked(connection, reader); left--) {
				int length = readHead(reader);
				for (int i = 0; i < length; i++) {
					reader.read();
				}
				this.received.incrementAndGet();
				connection.getOutputStream().write(CREATED);
				if (left <= 1) {
					LockSupport.parkNanos(random.nextInt(1_000_000));
				}
			}
		}
		catch (IOException ex) {
			// The client has closed it.
		}
	}

	private static boolean isAsked(Socket connection, BufferedReader reader) throws IOException {
		return reader.ready() || connection.getInputStream().available() > 0;
	}

	private static int readHead(BufferedReader reader) throws IOException {
		int length = 0;
		String line = reader.readLine();
		while (line != null && !line.isEmpty()) {
			if (line.toLowerCase(Locale.ROOT).startsWith("content-length: ")) {
				length = Integer.parseInt(line.substring("content-length: ".length()));
			}
			line = reader.readLine();
		}
		if (line == null) {
			throw new IOException("closed");
		}
		return length;
	}

}
