package io.github.kratosadmin.internal.http;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosPoolExhaustedException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.testing.Clients;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class HttpTransportTests {

	private static final String IDENTITY = "{\"id\":\"x\"}";

	@AutoClose
	private final TestServer server = new TestServer();

	static Stream<Arguments> calls() {
		CreateIdentity identity = CreateIdentity.builder().traits(Map.of()).build();
		UpdateIdentity update = UpdateIdentity.builder().traits(Map.of()).build();
		Map<String, Consumer<KratosAdmin>> calls = Map.of("GET", (admin) -> admin.identities().getIdentity("x"), "POST",
				(admin) -> admin.identities().createIdentity(identity), "PUT",
				(admin) -> admin.identities().updateIdentity("x", update), "DELETE",
				(admin) -> admin.identities().deleteIdentity("x"));
		return calls.entrySet().stream().map((call) -> arguments(Named.of(call.getKey(), call.getValue())));
	}

	@Test
	void httpsIsUsedForAnHttpsUrl() {
		try (KratosAdmin admin = Clients.connect(this.server.url().replace("http:", "https:"))) {
			assertThatExceptionOfType(KratosUnavailableException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"))
				.withCauseInstanceOf(SSLException.class);
		}
		assertThat(this.server.requests()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("calls")
	void aRequestIsSentOnceIfItsConnectionIsDropped(Consumer<KratosAdmin> call) {
		this.server.respond(StubResponse.dropped()).otherwise((request) -> StubResponse.json(IDENTITY));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> call.accept(admin))
				.withMessageContaining(" got no response: " + this.server.url() + ": ");
		}
		assertThat(this.server.requests()).hasSize(1);
	}

	@ParameterizedTest
	@MethodSource("calls")
	void aRequestIsSentOnceIfItsReusedConnectionIsDropped(Consumer<KratosAdmin> call) {
		this.server.respond(StubResponse.json("{\"version\":\"v0.6.3\"}"), StubResponse.dropped())
			.otherwise((request) -> StubResponse.json(IDENTITY));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			admin.metadata().getVersion();
			assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> call.accept(admin));
		}
		assertThat(this.server.requests()).hasSize(2);
	}

	@ParameterizedTest
	@MethodSource("calls")
	void aRequestIsSentOnceIfTheResponseIs503(Consumer<KratosAdmin> call) {
		this.server.respond(StubResponse.empty(503)).otherwise((request) -> StubResponse.json(IDENTITY));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			assertThatExceptionOfType(KratosServerException.class).isThrownBy(() -> call.accept(admin));
		}
		assertThat(this.server.requests()).hasSize(1);
	}

	@ParameterizedTest
	@MethodSource("calls")
	void aRequestIsSentOnceIfTheResponseIs503WithRetryAfter(Consumer<KratosAdmin> call) {
		this.server.respond(StubResponse.empty(503).header("Retry-After", "0"))
			.otherwise((request) -> StubResponse.json(IDENTITY));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			assertThatExceptionOfType(KratosServerException.class).isThrownBy(() -> call.accept(admin));
		}
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void aRefusedConnectionIsNamedInTheMessage() throws IOException {
		// The port is bound, but nothing listens on it: connections are refused.
		try (Socket taken = new Socket()) {
			taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			String url = "http://127.0.0.1:" + taken.getLocalPort();
			KratosAdmin admin = Clients.connect(url);
			KratosException ex = catchThrowableOfType(KratosException.class, () -> admin.metadata().getVersion());
			assertThat(ex).isExactlyInstanceOf(KratosUnavailableException.class)
				.hasMessageStartingWith("getVersion got no response: " + url + ": ")
				.hasMessageContaining("Connect")
				.hasMessageNotContaining("null");
			assertThat(ex.getStatus()).isZero();
			assertThat(ex.getOperation()).isEqualTo("getVersion");
			admin.close();
		}
	}

	@Test
	void aSlowResponseTimesOut() throws Exception {
		this.server.respond(StubResponse.held());
		try (KratosAdmin admin = Clients.connect(this.server.url(), Duration.ofSeconds(1))) {
			assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> admin.metadata().getVersion())
				.withMessageStartingWith("getVersion got no response: " + this.server.url() + ": ")
				.withMessageContaining("Timeout")
				.withMessageNotContaining("null");
		}
		this.server.awaitRequest();
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void aSlowRestOfAResponseTimesOut() throws Exception {
		this.server.respond(StubResponse.json(IDENTITY).heldMidway());
		try (KratosAdmin admin = Clients.connect(this.server.url(), Duration.ofSeconds(1))) {
			assertThatExceptionOfType(KratosUnavailableException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"))
				.withMessageStartingWith("getIdentity got no response: " + this.server.url() + ": ");
		}
		this.server.awaitRequest();
		assertThat(this.server.requests()).hasSize(1);
	}

	static Stream<StubResponse> endlessResponses() {
		return Stream
			.of(StubResponse.html(200, "<p>"), StubResponse.json(200, " "), StubResponse.json(400, " "),
					StubResponse.html(500, "<p>"), StubResponse.text(404, "x"),
					StubResponse.of(307, "moved").header("Location", "/identities/x"), StubResponse.of(302, "moved"))
			.flatMap((response) -> Stream.of(response.endless(Duration.ZERO), response.endless(Duration.ofMillis(20))));
	}

	@ParameterizedTest
	@MethodSource("endlessResponses")
	void anEndlessResponseIsNotReadForever(StubResponse response) {
		this.server.otherwise((request) -> response);
		try (KratosAdmin admin = Clients.connect(this.server.url(), Duration.ofMillis(300))) {
			assertThatExceptionOfType(KratosException.class).isThrownBy(() -> admin.identities().getIdentity("x"));
			assertThatExceptionOfType(KratosException.class).isThrownBy(() -> admin.identities().deleteIdentity("x"));
			assertThatExceptionOfType(KratosException.class).isThrownBy(() -> admin.metadata().isReady());
		}
	}

	@Test
	void aSlowReadinessResponseTimesOut() {
		this.server.respond(StubResponse.json(503, " ").endless(Duration.ofMillis(20)));
		try (KratosAdmin admin = Clients.connect(this.server.url(), Duration.ofMillis(300))) {
			assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> admin.metadata().isReady());
		}
	}

	@Test
	void aTooLongResponseIsUnreadable() {
		this.server.respond(StubResponse.json(" ".repeat(1 << 20)).endless(Duration.ZERO));
		try (KratosAdmin admin = Clients.connect(this.server.url(), Duration.ofSeconds(60))) {
			assertThatExceptionOfType(KratosUnreadableResponseException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"))
				.withMessage("getIdentity got a response with status 200 that cannot be read: it is longer than 64 MB");
		}
	}

	@Test
	void aResponseOfTooManyTokensIsUnreadable() {
		this.server.respond(StubResponse.json("{\"id\":\"x\",\"metadata_admin\":[" + "0,".repeat(5_000_000) + "0]}"));
		try (KratosAdmin admin = Clients.connect(this.server.url(), Duration.ofSeconds(60))) {
			assertThatExceptionOfType(KratosUnreadableResponseException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"))
				.withMessageContaining("cannot be read: /metadata_admin")
				.withMessageContaining("exceeds the maximum allowed (5000000");
		}
	}

	@Test
	void aTooLongErrorIsCutOff() {
		this.server.respond(StubResponse.text(500, "oops ".repeat(1 << 18)).endless(Duration.ZERO));
		try (KratosAdmin admin = Clients.connect(this.server.url(), Duration.ofSeconds(60))) {
			assertThatExceptionOfType(KratosServerException.class).isThrownBy(() -> admin.identities().getIdentity("x"))
				.withMessageContaining("(text/plain, ");
		}
	}

	@Test
	void aResponseWithTooLongHeadersIsRejected() {
		this.server.respond(StubResponse.json(IDENTITY).header("X-Long", "x".repeat(1 << 20)));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			assertThatExceptionOfType(KratosUnavailableException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"));
		}
	}

	@Test
	void aResponseWithTooManyHeadersIsRejected() {
		StubResponse response = StubResponse.json(IDENTITY);
		for (int i = 0; i < 1000; i++) {
			response = response.header("X-" + i, "x");
		}
		this.server.respond(response);
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			assertThatExceptionOfType(KratosUnavailableException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"));
		}
	}

	@Test
	void aRedirectKeepsItsConnection() {
		this.server.respond(StubResponse.of(307, "moved").header("Location", "/admin/identities/x"),
				StubResponse.json(IDENTITY), StubResponse.json(IDENTITY));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			admin.identities().getIdentity("x");
			admin.identities().getIdentity("x");
		}
		assertThat(this.server.requests()).hasSize(3);
		assertThat(this.server.connections()).isEqualTo(1);
	}

	@Test
	void aCallOfAnInterruptedThreadGetsNoResponse() {
		this.server.otherwise((request) -> StubResponse.held());
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			Thread.currentThread().interrupt();
			assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> admin.metadata().getVersion())
				.withMessageStartingWith("getVersion got no response: ");
			assertThat(Thread.interrupted()).as("the thread is still interrupted").isTrue();
		}
	}

	@Test
	void aSlowConnectTimesOut() throws IOException {
		try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Connections waiting = Connections.fill(busy)) {
			assumeTrue(waiting.full(), "this system lets everybody connect");
			try (KratosAdmin admin = Clients.connect("http://127.0.0.1:" + busy.getLocalPort(), Duration.ofSeconds(60),
					Duration.ofMillis(200))) {
				assertThatExceptionOfType(KratosUnavailableException.class)
					.isThrownBy(() -> admin.metadata().getVersion())
					.withMessageMatching(".*[Cc]onnect.*[Tt]imed? ?out.*");
			}
		}
	}

	@Test
	void aConnectionIsNotUsedBeyondItsTimeToLive() {
		this.server.otherwise((request) -> StubResponse.json(IDENTITY));
		try (KratosAdmin admin = KratosAdmin.builder()
			.pathPrefix("")
			.baseUrl(this.server.url())
			.connectionTimeToLive(Duration.ofMillis(1))
			.build()) {
			Awaitility.await().until(() -> {
				admin.identities().getIdentity("x");
				return this.server.connections() > 1;
			});
		}
	}

	@Test
	void waitingForAFreeConnectionTimesOut() throws Exception {
		this.server.respond(StubResponse.held());
		KratosAdmin admin = KratosAdmin.builder()
			.pathPrefix("")
			.baseUrl(this.server.url())
			.maxConnections(1)
			.acquireTimeout(Duration.ofMillis(500))
			.build();
		Future<?> other = CompletableFuture.runAsync(() -> admin.metadata().isAlive());
		this.server.awaitRequest();
		assertThatExceptionOfType(KratosPoolExhaustedException.class).isThrownBy(() -> admin.metadata().getVersion())
			.withMessage("getVersion got no response: " + this.server.url()
					+ ": all 1 connections are in use, and none became free within PT0.5S");
		this.server.close();
		assertThat(other).failsWithin(Duration.ofSeconds(30))
			.withThrowableThat()
			.withCauseInstanceOf(KratosUnavailableException.class);
		admin.close();
	}

	@Test
	void theReadTimeoutDoesNotLimitTheWaitForAConnection() throws Exception {
		CountDownLatch slow = new CountDownLatch(1);
		this.server.otherwise((request) -> {
			await(slow, Duration.ofMillis(500));
			return StubResponse.json(201, IDENTITY);
		});
		try (KratosAdmin admin = KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix("")
			.maxConnections(1)
			.acquireTimeout(Duration.ofSeconds(30))
			.readTimeout(Duration.ofSeconds(4))
			.build()) {
			ExecutorService threads = Executors.newFixedThreadPool(10);
			List<Future<String>> created = IntStream.range(0, 10)
				.mapToObj((i) -> threads.submit(() -> admin.identities()
					.createIdentity(CreateIdentity.builder().traits(Map.of()).build())
					.id()))
				.toList();
			for (Future<String> id : created) {
				assertThat(id.get(30, TimeUnit.SECONDS)).isNotNull();
			}
			threads.shutdown();
		}
	}

	private static void await(CountDownLatch latch, Duration timeout) {
		try {
			latch.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void asManyCallsAsConnectionsRunConcurrently() throws Exception {
		this.server.otherwise((request) -> StubResponse.held());
		KratosAdmin admin = KratosAdmin.builder().baseUrl(this.server.url()).pathPrefix("").maxConnections(8).build();
		ExecutorService threads = Executors.newFixedThreadPool(8);
		IntStream.range(0, 8).forEach((i) -> threads.execute(() -> {
			try {
				admin.metadata().isAlive();
			}
			catch (KratosUnavailableException ex) {
				// The server was closed.
			}
		}));
		for (int i = 0; i < 8; i++) {
			this.server.awaitRequest();
		}
		this.server.close();
		threads.shutdown();
		assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		admin.close();
	}

	@Test
	void connectionsAreReleasedAfterEveryResponse() {
		this.server
			.respond(StubResponse.json(IDENTITY), StubResponse.empty(204), StubResponse.html(200, "<p>"),
					StubResponse.json("[1"), StubResponse.json(404, "{}"), StubResponse.html(502, "<p>"),
					StubResponse.redirect(307, "/admin/identities/x"), StubResponse.json(IDENTITY),
					StubResponse.redirect(302, "file:///etc/passwd"), StubResponse.empty(301),
					StubResponse.json("{\"id\":\"x\"}{}"))
			.otherwise((request) -> StubResponse.json("{\"id\":\"y\"}"));
		try (KratosAdmin admin = KratosAdmin.builder()
			.pathPrefix("")
			.baseUrl(this.server.url())
			.maxConnections(1)
			.acquireTimeout(Duration.ofSeconds(1))
			.build()) {
			int failed = 0;
			for (int i = 0; i < 10; i++) {
				try {
					admin.identities().getIdentity("x");
				}
				catch (KratosException ex) {
					assertThat(ex).isNotInstanceOf(KratosUnavailableException.class);
					failed++;
				}
			}
			assertThat(failed).isEqualTo(8);
			assertThat(admin.identities().getIdentity("y").id()).isEqualTo("y");
		}
	}

	/**
	 * Otherwise the JDK would keep as much memory outside the heap as the longest body,
	 * for each thread.
	 */
	@Test
	void aLongBodyIsWrittenInPieces() {
		this.server.respond(StubResponse.json(201, IDENTITY));
		BufferPoolMXBean buffers = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
			.stream()
			.filter((pool) -> pool.getName().equals("direct"))
			.findAny()
			.orElseThrow();
		Map<String, String> traits = Map.of("picture", "x".repeat(16_000_000));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			long before = buffers.getMemoryUsed();
			admin.identities().createIdentity(CreateIdentity.builder().traits(traits).build());
			assertThat(buffers.getMemoryUsed() - before).isLessThan(4_000_000);
		}
		assertThat(this.server.request().body()).hasSizeGreaterThan(16_000_000);
	}

	@Test
	void callsAfterCloseFail() {
		KratosAdmin admin = Clients.connect(this.server.url());
		admin.close();
		assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> admin.metadata().getVersion())
			.withMessage("getVersion got no response: this KratosAdmin is closed");
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void closingClosesTheConnections() throws Exception {
		this.server.respond(StubResponse.json(IDENTITY));
		KratosAdmin admin = Clients.connect(this.server.url());
		admin.identities().getIdentity("x");
		admin.close();
		this.server.awaitDisconnect();
	}

	@Test
	void closingTwiceHasNoFurtherEffect() {
		KratosAdmin admin = Clients.connect(this.server.url());
		admin.close();
		admin.close();
	}

	@Test
	void aRequestHasTheHeadersItNeeds() {
		this.server.respond(StubResponse.json(IDENTITY));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			admin.identities().createIdentity(CreateIdentity.builder().traits(Map.of("name", "Ådén")).build());
		}
		assertThat(this.server.request().header("Content-Type")).isEqualTo("application/json");
		assertThat(this.server.request().header("Content-Length")).isEqualTo("28");
		assertThat(this.server.request().header("Accept")).isEqualTo("application/json");
		assertThat(this.server.request().header("Authorization")).isEqualTo("Bearer admin-token");
		assertThat(this.server.request().headers()).doesNotContainKeys("Accept-Encoding", "Cookie", "Transfer-Encoding",
				"Expect", "HTTP2-Settings");
		assertThat(this.server.request().body()).isEqualTo("{\"traits\":{\"name\":\"Ådén\"}}");
	}

	@Test
	void aReadHasNoHeadersThatItDoesNotNeed() {
		this.server.respond(StubResponse.json(IDENTITY));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			admin.identities().getIdentity("x");
		}
		Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		names.addAll(List.of("Accept", "Authorization", "Connection", "Content-Length", "Host", "User-Agent"));
		assertThat(names).containsAll(this.server.request().headers().keySet());
		assertThat(this.server.request().headers().getOrDefault("Connection", "keep-alive")).isEqualTo("keep-alive");
		assertThat(this.server.request().headers().getOrDefault("Content-Length", "0")).isEqualTo("0");
	}

	@Test
	void cookiesAreNotKept() {
		this.server.otherwise((request) -> StubResponse.json(IDENTITY).header("Set-Cookie", "csrf=1; Path=/"));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			admin.identities().getIdentity("x");
			admin.identities().getIdentity("x");
		}
		assertThat(this.server.requests()).hasSize(2)
			.allSatisfy((request) -> assertThat(request.header("Cookie")).isNull());
	}

	@Test
	void manyThreadsShareAClient() throws Exception {
		this.server.otherwise((request) -> StubResponse
			.json("{\"id\":\"" + request.path().substring("/identities/".length()) + "\"}"));
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			List<String> ids = IntStream.range(0, 200).mapToObj((i) -> "id-" + i).toList();
			List<Future<String>> responses = ids.stream()
				.map((id) -> threads.submit(() -> admin.identities().getIdentity(id).id()))
				.toList();
			for (int i = 0; i < ids.size(); i++) {
				assertThat(responses.get(i).get()).isEqualTo(ids.get(i));
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(this.server.requests()).hasSize(200);
	}

	/**
	 * Connections that are never accepted, until the backlog is full.
	 */
	private record Connections(List<Socket> sockets, boolean full) implements AutoCloseable {

		static Connections fill(ServerSocket server) throws IOException {
			List<Socket> sockets = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				Socket socket = new Socket();
				sockets.add(socket);
				try {
					socket.connect(server.getLocalSocketAddress(), 200);
				}
				catch (SocketTimeoutException ex) {
					return new Connections(sockets, true);
				}
			}
			return new Connections(sockets, false);
		}

		@Override
		public void close() throws IOException {
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}

	}

}
