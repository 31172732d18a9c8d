package io.github.kratosadmin.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.springframework.web.util.UriUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An HTTP server on a random loopback port. It sends scripted responses and faults, one
 * after another, and records the requests as they came over the wire.
 */
public class TestServer implements AutoCloseable {

	private final ServerSocket socket;

	private final Queue<StubResponse> responses = new ConcurrentLinkedQueue<>();

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private final Semaphore received = new Semaphore(0);

	private final Semaphore disconnected = new Semaphore(0);

	private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

	private final CountDownLatch closed = new CountDownLatch(1);

	private final Thread acceptor;

	private volatile boolean deaf;

	private volatile Function<Request, StubResponse> otherwise = (request) -> StubResponse.text(500,
			"nothing is scripted for " + request);

	private volatile Function<Request, StubResponse> unread = (head) -> null;

	private volatile String version;

	public TestServer() {
		this(InetAddress.getLoopbackAddress());
	}

	public TestServer(InetAddress address) {
		this(listen(address));
	}

	/**
	 * Creates a server with a listening socket, such as one for TLS.
	 */
	public TestServer(ServerSocket socket) {
		this.socket = socket;
		this.acceptor = start(this::accept);
	}

	/**
	 * Creates a server that accepts connections, but reads nothing.
	 */
	public static TestServer deaf() {
		TestServer server = new TestServer();
		server.deaf = true;
		return server;
	}

	private static ServerSocket listen(InetAddress address) {
		try {
			return new ServerSocket(0, 50, address);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Adds responses, each of which is sent once.
	 */
	public TestServer respond(StubResponse... responses) {
		this.responses.addAll(List.of(responses));
		return this;
	}

	/**
	 * Sets the version that the server reports. Requests for it are not recorded.
	 */
	public TestServer version(String version) {
		this.version = version;
		return this;
	}

	/**
	 * Sets the response after all scripted responses.
	 */
	public TestServer otherwise(Function<Request, StubResponse> otherwise) {
		this.otherwise = otherwise;
		return this;
	}

	/**
	 * Sets the response to send without reading the body, after which the connection is
	 * closed; {@code null} to read the body.
	 */
	public TestServer unread(Function<Request, StubResponse> unread) {
		this.unread = unread;
		return this;
	}

	public String url() {
		return "http://127.0.0.1:" + port();
	}

	public int port() {
		return this.socket.getLocalPort();
	}

	public List<Request> requests() {
		return this.requests;
	}

	/**
	 * Returns the only request.
	 */
	public Request request() {
		assertThat(this.requests).hasSize(1);
		return this.requests.get(0);
	}

	/**
	 * Waits for another request.
	 */
	public void awaitRequest() throws InterruptedException {
		assertThat(this.received.tryAcquire(30, TimeUnit.SECONDS)).as("a request came").isTrue();
	}

	/**
	 * Waits until another client has closed its connection.
	 */
	public void awaitDisconnect() throws InterruptedException {
		assertThat(this.disconnected.tryAcquire(30, TimeUnit.SECONDS)).as("a connection was closed").isTrue();
	}

	private void accept() {
		try {
			while (true) {
				Socket connection = this.socket.accept();
				this.connections.add(connection);
				start(() -> serve(connection));
			}
		}
		catch (IOException ex) {
			// Closed.
		}
	}

	private void serve(Socket connection) {
		try (connection) {
			if (this.deaf) {
				this.closed.await();
			}
			connection.setTcpNoDelay(true);
			InputStream in = new BufferedInputStream(connection.getInputStream());
			boolean more = true;
			while (more) {
				Request head = Request.readHead(in);
				more = head != null && !refuse(head, connection) && respond(head.withBody(in), connection);
			}
		}
		catch (IOException | InterruptedException ex) {
			// The client went away, or this server was closed.
		}
		finally {
			this.disconnected.release();
		}
	}

	private boolean refuse(Request head, Socket connection) throws IOException, InterruptedException {
		StubResponse response = this.unread.apply(head);
		if (response == null) {
			return false;
		}
		if (response.script() != null) {
			response.script().run(connection);
		}
		else {
			connection.getOutputStream().write(response.bytes((response.fault() == Fault.CUT_OFF) ? 100 : 0));
		}
		return true;
	}

	private boolean respond(Request request, Socket connection) throws IOException, InterruptedException {
		if (this.version != null && request.path().endsWith("/version")) {
			StubResponse response = StubResponse.json("{\"version\":\"" + this.version + "\"}");
			connection.getOutputStream().write(response.bytes(0));
			return true;
		}
		this.requests.add(request);
		this.received.release();
		StubResponse scripted = this.responses.poll();
		StubResponse response = (scripted != null) ? scripted : this.otherwise.apply(request);
		if (response.script() != null) {
			response.script().run(connection);
			return false;
		}
		switch (response.fault()) {
			case NONE -> connection.getOutputStream().write(response.bytes(0));
			case CUT_OFF -> connection.getOutputStream().write(response.bytes(100));
			case HELD -> awaitEnd(connection);
			case HELD_MIDWAY -> {
				connection.getOutputStream().write(response.bytes(100));
				awaitEnd(connection);
			}
			case ENDLESS -> sendForever(response, connection);
			case DROPPED -> {
			}
		}
		return response.fault() == Fault.NONE;
	}

	/**
	 * Waits until the client, or this server, closes the connection.
	 */
	public static void awaitEnd(Socket connection) throws IOException {
		while (connection.getInputStream().read() != -1) {
			// Ignore what the client still sends.
		}
	}

	/**
	 * Waits until the client or this server closes the connection, at most for the given
	 * time, as a slow server does.
	 * @return whether the connection is closed
	 */
	public static boolean endsWithin(Socket connection, Duration time) throws IOException {
		connection.setSoTimeout((int) time.toMillis());
		try {
			awaitEnd(connection);
			return true;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
		finally {
			connection.setSoTimeout(0);
		}
	}

	/**
	 * Waits until this server is closed.
	 */
	public void awaitClose() throws InterruptedException {
		this.closed.await();
	}

	/**
	 * Sends the same response again, instead of that to the next request on the
	 * connection.
	 */
	public static StubResponse twice(StubResponse response) {
		return StubResponse.script((connection) -> {
			connection.getOutputStream().write(response.bytes(0));
			Request next = Request.readHead(connection.getInputStream());
			if (next != null) {
				next.withBody(connection.getInputStream());
				// Otherwise the client may send another request before it sees the end.
				connection.getOutputStream().write(response.header("Connection", "close").bytes(0));
			}
		});
	}

	private void sendForever(StubResponse response, Socket connection) throws IOException, InterruptedException {
		connection.getOutputStream().write(response.bytes(Integer.MAX_VALUE));
		while (!this.closed.await(response.pause().toMillis(), TimeUnit.MILLISECONDS)) {
			connection.getOutputStream().write(response.body());
		}
	}

	/**
	 * Returns the number of connections that were opened.
	 */
	public int connections() {
		return this.connections.size();
	}

	/**
	 * Returns the number of connections that neither side has closed.
	 */
	public int openConnections() {
		return (int) this.connections.stream().filter((connection) -> !connection.isClosed()).count();
	}

	private static Thread start(Runnable task) {
		Thread thread = new Thread(task, "test-server");
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	/**
	 * Refuses further connections, and keeps the current ones.
	 */
	public void refuseConnections() {
		try {
			this.socket.close();
			// Until its thread ends, the system may still accept a connection.
			this.acceptor.join();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.closed.countDown();
		refuseConnections();
		try {
			for (Socket connection : this.connections) {
				connection.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private enum Fault {

		NONE, DROPPED, CUT_OFF, HELD, HELD_MIDWAY, ENDLESS

	}

	/**
	 * The handling of a connection after a request was read.
	 */
	@FunctionalInterface
	public interface Script {

		void run(Socket connection) throws IOException, InterruptedException;

	}

	/**
	 * A response, or a fault instead of it.
	 */
	public record StubResponse(int status, Map<String, String> headers, byte[] body, Fault fault, Duration pause,
			Script script) {

		public static StubResponse of(int status, String body) {
			return of(status, body.getBytes(StandardCharsets.UTF_8));
		}

		public static StubResponse of(int status, byte[] body) {
			return new StubResponse(status, Map.of(), body, Fault.NONE, Duration.ZERO, null);
		}

		/**
		 * Runs a script, and then closes the connection.
		 */
		public static StubResponse script(Script script) {
			return new StubResponse(0, Map.of(), new byte[0], Fault.NONE, Duration.ZERO, script);
		}

		public static StubResponse json(int status, String body) {
			return of(status, body).header("Content-Type", "application/json; charset=utf-8");
		}

		public static StubResponse json(String body) {
			return json(200, body);
		}

		public static StubResponse html(int status, String body) {
			return of(status, body).header("Content-Type", "text/html; charset=utf-8");
		}

		public static StubResponse text(int status, String body) {
			return of(status, body).header("Content-Type", "text/plain; charset=utf-8");
		}

		public static StubResponse empty(int status) {
			return of(status, "");
		}

		public static StubResponse redirect(int status, String location) {
			return empty(status).header("Location", location);
		}

		/**
		 * Closes the connection without a response.
		 */
		public static StubResponse dropped() {
			return empty(0).fault(Fault.DROPPED);
		}

		/**
		 * Keeps the connection open without a response.
		 */
		public static StubResponse held() {
			return empty(0).fault(Fault.HELD);
		}

		/**
		 * Announces a longer body than this response has, and closes the connection after
		 * it.
		 */
		public StubResponse cutOff() {
			return fault(Fault.CUT_OFF);
		}

		/**
		 * Announces a longer body than this response has, and sends nothing after it.
		 */
		public StubResponse heldMidway() {
			return fault(Fault.HELD_MIDWAY);
		}

		/**
		 * Sends the body of this response again and again.
		 */
		public StubResponse endless(Duration pause) {
			return new StubResponse(this.status, this.headers, this.body, Fault.ENDLESS, pause, null);
		}

		public StubResponse header(String name, String value) {
			Map<String, String> headers = new LinkedHashMap<>(this.headers);
			headers.put(name, value);
			return new StubResponse(this.status, headers, this.body, this.fault, this.pause, this.script);
		}

		private StubResponse fault(Fault fault) {
			return new StubResponse(this.status, this.headers, this.body, fault, this.pause, null);
		}

		private byte[] bytes(long missing) {
			StringBuilder head = new StringBuilder("HTTP/1.1 ").append(this.status).append(" -\r\n");
			this.headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
			if (this.status != 204 && this.status != 304) {
				head.append("Content-Length: ").append(this.body.length + missing).append("\r\n");
			}
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
			bytes.writeBytes(this.body);
			return bytes.toByteArray();
		}

	}

	/**
	 * A request as it came over the wire.
	 *
	 * @param method the method
	 * @param target the path and query, nothing decoded
	 * @param headers the headers, by name in any case
	 * @param body the body
	 */
	public record Request(String method, String target, Map<String, String> headers, String body) {

		private static Request readHead(InputStream in) throws IOException {
			String line = readLine(in);
			if (line == null) {
				return null;
			}
			String[] start = line.split(" ");
			if (start.length != 3 || !start[2].startsWith("HTTP/1.")) {
				throw new IOException("This is not HTTP");
			}
			Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
			for (line = readLine(in); line != null && !line.isEmpty(); line = readLine(in)) {
				int colon = line.indexOf(':');
				headers.put(line.substring(0, colon), line.substring(colon + 1).trim());
			}
			return new Request(start[0], start[1], headers, "");
		}

		private Request withBody(InputStream in) throws IOException {
			String body = new String(in.readNBytes(length()), StandardCharsets.UTF_8);
			return new Request(this.method, this.target, this.headers, body);
		}

		/**
		 * Returns the value of {@code Content-Length}, 0 if there is none.
		 */
		public int length() {
			return Integer.parseInt(this.headers.getOrDefault("Content-Length", "0"));
		}

		private static String readLine(InputStream in) throws IOException {
			ByteArrayOutputStream line = new ByteArrayOutputStream();
			int b = in.read();
			if (b == -1) {
				return null;
			}
			for (; b != -1 && b != '\n'; b = in.read()) {
				line.write(b);
			}
			return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
		}

		public String header(String name) {
			return this.headers.get(name);
		}

		public String path() {
			return this.target.replaceAll("\\?.*", "");
		}

		/**
		 * Returns the decoded parameters of the query as {@code name=value}, in their
		 * order.
		 */
		public List<String> query() {
			return query(this.target);
		}

		public static List<String> query(String target) {
			int start = target.indexOf('?');
			return (start != -1) ? List.of(target.substring(start + 1).split("&"))
				.stream()
				.map((parameter) -> UriUtils.decode(parameter, StandardCharsets.UTF_8))
				.toList() : List.of();
		}

		@Override
		public String toString() {
			return this.method + " " + this.target;
		}

	}

}
