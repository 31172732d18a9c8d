package io.github.kratosadmin.internal.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosRateLimitedException;
import io.github.kratosadmin.error.KratosRedirectException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Script;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests the client with misbehaving servers. Each fault causes one kind of failure, in
 * time, and leaves the only connection of the pool to the next call.
 */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class FaultTests {

	private static final String IDENTITY = "{\"id\":\"x\"}";

	/** The call timeout, for faults that nothing else ends. */
	private static final Duration NEVER = Duration.ofMinutes(2);

	/** Allows for other load on the machine. */
	private static final Duration MARGIN = Duration.ofSeconds(15);

	private static final Consumer<KratosAdmin> READ = (admin) -> admin.identities().getIdentity("x");

	private static final Consumer<KratosAdmin> LIST = (admin) -> admin.identities()
		.listIdentities(ListIdentities.builder().build());

	@AutoClose
	private final TestServer server = new TestServer();

	private enum Connection {

		/** The next call reuses the connection. */
		KEPT,
		/** The next call opens a new connection. */
		CLOSED

	}

	/**
	 * A fault and its expected outcome.
	 */
	private record Row(String name, StubResponse response, Consumer<KratosAdmin> call,
			Function<KratosAdminBuilder, KratosAdminBuilder> settings, Duration deadline,
			Class<? extends KratosException> failure, String message, Connection connection) {

		static Row of(String name, StubResponse response, Class<? extends KratosException> failure, String message,
				Connection connection) {
			return new Row(name, response, READ, (builder) -> builder, Duration.ZERO, failure, message, connection);
		}

		static Row unavailable(String name, Script script) {
			return of(name, StubResponse.script(script), KratosUnavailableException.class, "got no response: ",
					Connection.CLOSED);
		}

		static Row unreadable(String name, StubResponse response, String message, Connection connection) {
			return of(name, response, KratosUnreadableResponseException.class, message, connection);
		}

		Row calling(Consumer<KratosAdmin> call) {
			return new Row(this.name, this.response, call, this.settings, this.deadline, this.failure, this.message,
					this.connection);
		}

		Row with(Function<KratosAdminBuilder, KratosAdminBuilder> settings) {
			return new Row(this.name, this.response, this.call, settings, this.deadline, this.failure, this.message,
					this.connection);
		}

		Row readTimeout(Duration timeout) {
			return new Row(this.name, this.response, this.call, (builder) -> builder.readTimeout(timeout), timeout,
					this.failure, this.message, this.connection);
		}

		Row callTimeout(Duration timeout) {
			return new Row(this.name, this.response, this.call, (builder) -> builder.callTimeout(timeout), timeout,
					this.failure, this.message, this.connection);
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	static Stream<Row> rows() {
		return Stream.of(connections(), silence(), bodies(), responses()).flatMap((rows) -> rows);
	}

	private static Stream<Row> connections() {
		return Stream.of(Row.unavailable("reset before the headers", FaultTests::reset),
				Row.unavailable("reset in the headers", (connection) -> {
					send(connection, "HTTP/1.1 200 OK\r\nContent-Ty");
					reset(connection);
				}), Row.unavailable("reset after the headers", (connection) -> {
					send(connection, head(100));
					reset(connection);
				}), Row.unavailable("reset in the body", (connection) -> {
					send(connection, head(100) + "{\"id\":");
					reset(connection);
				}), Row.unavailable("closed before the headers", (connection) -> {
				}),
				Row.unavailable("closed in the headers",
						(connection) -> send(connection, "HTTP/1.1 200 OK\r\nContent-Ty")),
				Row.unavailable("closed in the body", (connection) -> send(connection, head(100) + "{\"id\":")),
				Row.unavailable("no HTTP", (connection) -> send(connection, "SSH-2.0-OpenSSH_9.2\r\n")),
				Row.unavailable("a chunk without a size", (connection) -> send(connection,
						"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nkratos\r\n{\"id\":\"x\"}\r\n0\r\n\r\n")));
	}

	private static Stream<Row> silence() {
		Duration soon = Duration.ofSeconds(1);
		return Stream.of(Row.unavailable("no response", TestServer::awaitEnd).readTimeout(soon),
				Row.unavailable("no response in the call's time", TestServer::awaitEnd).callTimeout(soon),
				Row.unavailable("half of the headers, then silence", (connection) -> {
					send(connection, "HTTP/1.1 200 OK\r\nContent-Ty");
					TestServer.awaitEnd(connection);
				}).readTimeout(soon), Row.unavailable("headers, then silence", (connection) -> {
					send(connection, head(100));
					TestServer.awaitEnd(connection);
				}).readTimeout(soon), Row.unavailable("headers, then silence, in the call's time", (connection) -> {
					send(connection, head(100));
					TestServer.awaitEnd(connection);
				}).callTimeout(soon), Row.unavailable("headers that trickle", (connection) -> {
					send(connection, "HTTP/1.1 200 OK\r\nX-Trickle: ");
					trickle(connection);
				}).callTimeout(soon), Row.unavailable("a body that trickles", (connection) -> {
					send(connection, head(1_000_000) + "{\"id\":\"");
					trickle(connection);
				}).readTimeout(soon), Row.unavailable("a body that trickles in the call's time", (connection) -> {
					send(connection, head(1_000_000) + "{\"id\":\"");
					trickle(connection);
				}).callTimeout(soon));
	}

	private static Stream<Row> bodies() {
		byte[] invalid = "{\"id\":\"x?\"}".getBytes(StandardCharsets.US_ASCII);
		invalid[8] = (byte) 0xff;
		return Stream.of(
				Row.unreadable("truncated JSON", StubResponse.json("{\"id\":\"x\",\"traits\":{"),
						"the JSON ends too early", Connection.KEPT),
				Row.unreadable("JSON of the wrong type", StubResponse.json("{\"id\":{\"a\":1}}"),
						"/id: expected String", Connection.KEPT),
				Row.unreadable("a list for an object", StubResponse.json("[" + IDENTITY + "]"), "expected Identity",
						Connection.KEPT),
				Row.unreadable("an object for a list", StubResponse.json(IDENTITY), "expected ArrayList",
						Connection.KEPT)
					.calling(LIST),
				Row.unreadable("nesting, 10,000 deep",
						StubResponse.json("{\"id\":\"x\",\"traits\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"),
						"nesting depth (501) exceeds the maximum allowed (500", Connection.CLOSED),
				Row.unreadable("nesting, deeper than allowed", StubResponse.json("{\"id\":\"x\",\"traits\":[[[1]]]}"),
						"nesting depth (4) exceeds the maximum allowed (3", Connection.KEPT)
					.with((builder) -> builder.maxNesting(3)),
				Row.unreadable("50 MB where 1 MB is allowed",
						StubResponse.of(200, repeated("{\"id\":\"", "x", 50_000_000, "\"}")), "it is longer than 1 MB",
						Connection.CLOSED)
					.with((builder) -> builder.maxResponseSize(DataSize.ofMegabytes(1))),
				Row.unreadable("a string of 100 MB",
						StubResponse.of(200, repeated("{\"id\":\"", "x", 100_000_000, "\"}")),
						"exceeds the maximum allowed (20000000", Connection.CLOSED),
				Row.unreadable("a name of 1 MB", StubResponse.of(200, repeated("{\"", "x", 1_000_000, "\":1}")),
						"exceeds the maximum allowed (50000", Connection.CLOSED),
				Row.unreadable("a number of a million digits",
						StubResponse.of(200, repeated("{\"id\":\"x\",\"traits\":{\"n\":", "9", 1_000_000, "}}")),
						"exceeds the maximum allowed (1000", Connection.KEPT),
				Row.unreadable("objects without end, of which the smallest take the most memory",
						StubResponse.of(200, repeated("{\"id\":\"x\",\"traits\":[", "{},", 21_000_000, "{}]}")),
						"exceeds the maximum allowed (5000000", Connection.CLOSED),
				Row.unreadable("invalid UTF-8", StubResponse.of(200, invalid), "not JSON", Connection.KEPT),
				Row.unreadable("a gzip bomb", StubResponse.of(200, bomb()).header("Content-Encoding", "gzip"),
						"not JSON", Connection.CLOSED));
	}

	private static Stream<Row> responses() {
		return Stream.of(
				Row.unreadable("HTML at 200", StubResponse.html(200, "<p>Hi</p>"), "not JSON", Connection.KEPT),
				Row.of("HTML at 502", StubResponse.html(502, "<p>Bad gateway</p>"), KratosServerException.class,
						"the response is not from Kratos (text/html, 18 bytes)", Connection.KEPT),
				Row.unreadable("204 where a body belongs", StubResponse.empty(204), " (empty)", Connection.KEPT),
				Row.of("429", StubResponse.empty(429), KratosRateLimitedException.class, "status 429", Connection.KEPT),
				Row.of("429 with Retry-After", StubResponse.empty(429).header("Retry-After", "7"),
						KratosRateLimitedException.class, "status 429", Connection.KEPT),
				Row.of("503", StubResponse.empty(503), KratosServerException.class, "status 503", Connection.KEPT),
				Row.of("503 with Retry-After", StubResponse.empty(503).header("Retry-After", "7"),
						KratosServerException.class, "status 503", Connection.KEPT),
				Row.unreadable("a redirect to itself", StubResponse.redirect(307, "/identities/x"), "forms a circle",
						Connection.KEPT),
				Row.unreadable("a redirect to file:", StubResponse.redirect(302, "file:///identities/x"),
						"not to a plain http or https URL", Connection.KEPT),
				Row.unreadable("a redirect to another path", StubResponse.redirect(302, "/login"),
						"leads to another path", Connection.KEPT),
				Row.of("a redirect of a change to another host",
						StubResponse.redirect(307, "http://127.0.0.2:1/identities"), KratosRedirectException.class,
						"that leaves the admin API", Connection.KEPT)
					.calling((admin) -> admin.identities()
						.createIdentity(CreateIdentity.builder().traits(Map.of()).build())));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("rows")
	void aFaultCausesOneKindOfFailureInTimeAndReleasesTheConnection(Row row) throws InterruptedException {
		AtomicBoolean healthy = new AtomicBoolean();
		this.server.otherwise((request) -> healthy.get() ? StubResponse.json(IDENTITY) : row.response());
		try (KratosAdmin admin = row.settings().apply(patient(this.server.url())).build()) {
			long start = System.nanoTime();
			assertThatExceptionOfType(row.failure()).isThrownBy(() -> row.call().accept(admin))
				.isExactlyInstanceOf(row.failure())
				.withMessageContaining(row.message());
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(row.deadline())
				.isLessThan(row.deadline().plus(MARGIN));
			int connections = this.server.connections();
			healthy.set(true);
			// Retried, as a busy machine may respond late.
			Awaitility.await()
				.ignoreExceptionsInstanceOf(KratosUnavailableException.class)
				.until(() -> admin.identities().getIdentity("x").id().equals("x"));
			if (row.connection() == Connection.CLOSED) {
				this.server.awaitDisconnect();
			}
			assertThat(connections).isLessThanOrEqualTo(1);
			assertThat(this.server.connections() > 1).isEqualTo(row.connection() == Connection.CLOSED);
		}
	}

	static Stream<Arguments> faultsOfWireMock() {
		Map<String, ResponseDefinitionBuilder> faults = Map.of("CONNECTION_RESET_BY_PEER",
				WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), "EMPTY_RESPONSE",
				WireMock.aResponse().withFault(Fault.EMPTY_RESPONSE), "MALFORMED_RESPONSE_CHUNK",
				WireMock.aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK), "RANDOM_DATA_THEN_CLOSE",
				WireMock.aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE), "delayed",
				WireMock.okJson(IDENTITY).withFixedDelay(20_000), "dribbled",
				WireMock.okJson(IDENTITY).withChunkedDribbleDelay(10, 20_000));
		return faults.entrySet().stream().map((fault) -> arguments(fault.getKey(), fault.getValue()));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("faultsOfWireMock")
	void aFaultOfWireMockGetsNoResponse(String name, ResponseDefinitionBuilder fault) {
		WireMockServer wireMock = new WireMockServer(WireMockConfiguration.options().dynamicPort());
		wireMock.start();
		try (KratosAdmin admin = patient("http://127.0.0.1:" + wireMock.port()).readTimeout(Duration.ofSeconds(2))
			.build()) {
			wireMock.stubFor(WireMock.get("/identities/x").willReturn(fault));
			long start = System.nanoTime();
			assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> READ.accept(admin));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2).plus(MARGIN));
			wireMock.stubFor(WireMock.get("/identities/x").willReturn(WireMock.okJson(IDENTITY)));
			Awaitility.await()
				.ignoreExceptionsInstanceOf(KratosUnavailableException.class)
				.until(() -> admin.identities().getIdentity("x").id().equals("x"));
		}
		finally {
			wireMock.stop();
		}
	}

	@Test
	void anUnknownHostGetsNoResponse() {
		try (KratosAdmin admin = patient("http://kratos.invalid:4434").build()) {
			KratosException ex = catchThrowableOfType(KratosException.class, () -> READ.accept(admin));
			assertThat(ex).isExactlyInstanceOf(KratosUnavailableException.class)
				.hasMessageStartingWith("getIdentity got no response: http://kratos.invalid:4434: ");
		}
	}

	@Test
	void aRefusedConnectionGetsNoResponse() throws IOException {
		// The port is bound, but nothing listens on it: connections are refused.
		try (Socket taken = new Socket()) {
			taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			try (KratosAdmin admin = patient("http://127.0.0.1:" + taken.getLocalPort()).build()) {
				assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> READ.accept(admin));
				assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> READ.accept(admin));
			}
		}
	}

	@Test
	void aBodyOf50MegabytesIsRead() {
		StringBuilder body = new StringBuilder("[");
		String traits = "x".repeat(100_000);
		for (int i = 0; i < 500; i++) {
			body.append((i > 0) ? "," : "")
				.append("{\"id\":\"")
				.append(i)
				.append("\",\"traits\":{\"x\":\"")
				.append(traits)
				.append("\"}}");
		}
		this.server.respond(StubResponse.json(body.append("]").toString())
			.header("Link", "</identities?page_size=500>; rel=\"first\""));
		try (KratosAdmin admin = patient(this.server.url()).build()) {
			assertThat(admin.identities().listIdentities(ListIdentities.builder().build()).items()).hasSize(500);
		}
	}

	@Test
	void theLastValueOfADuplicateKeyCounts() {
		this.server
			.respond(StubResponse.json("{\"id\":\"a\",\"traits\":{\"n\":1,\"n\":2},\"id\":\"b\",\"schema_id\":\"s\"}"));
		try (KratosAdmin admin = patient(this.server.url()).build()) {
			assertThat(admin.identities().getIdentity("b")).satisfies((identity) -> {
				assertThat(identity.id()).isEqualTo("b");
				assertThat(identity.schemaId()).isEqualTo("s");
				assertThat(identity.traits()).hasToString("{\"n\":2}");
			});
		}
	}

	@Test
	void theExceptionHasTheTimeToWaitBeforeARetry() {
		this.server.respond(StubResponse.empty(429), StubResponse.empty(429).header("Retry-After", "7"),
				StubResponse.empty(503), StubResponse.empty(503).header("Retry-After", "8"));
		try (KratosAdmin admin = patient(this.server.url()).build()) {
			assertThat(catchThrowableOfType(KratosRateLimitedException.class, () -> READ.accept(admin)).getRetryAfter())
				.isNull();
			assertThat(catchThrowableOfType(KratosRateLimitedException.class, () -> READ.accept(admin)).getRetryAfter())
				.isEqualTo(Duration.ofSeconds(7));
			assertThat(catchThrowableOfType(KratosServerException.class, () -> READ.accept(admin)).getRetryAfter())
				.isNull();
			assertThat(catchThrowableOfType(KratosServerException.class, () -> READ.accept(admin)).getRetryAfter())
				.isEqualTo(Duration.ofSeconds(8));
		}
	}

	@Test
	void noCredentialsAreSentToTheHostOfARedirect() {
		try (TestServer other = new TestServer();
				KratosAdmin admin = patient(this.server.url()).bearerToken("secret").build()) {
			other.respond(StubResponse.json("{}"));
			this.server.respond(StubResponse.redirect(307, other.url() + "/schemas/x"));
			assertThat(admin.schemas().getSchema("x")).hasToString("{}");
			assertThat(this.server.request().header("Authorization")).isEqualTo("Bearer secret");
			assertThat(other.request().headers()).doesNotContainKey("Authorization");
		}
	}

	@Test
	void anIdleConnectionClosedByTheServerCausesNoFailure() throws Exception {
		Semaphore read = new Semaphore(0);
		this.server.otherwise((request) -> StubResponse.script((connection) -> {
			send(connection, head(IDENTITY.length()) + IDENTITY);
			read.acquire();
		}));
		try (KratosAdmin admin = patient(this.server.url()).build()) {
			for (int i = 0; i < 5; i++) {
				assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
				read.release();
				this.server.awaitDisconnect();
			}
		}
		assertThat(this.server.requests()).hasSize(5);
	}

	@Test
	void theDeadlineAppliesIfTheServerDoesNotReadTheRequest() {
		this.server.close();
		Map<String, String> traits = Map.of("picture", "x".repeat(20_000_000));
		try (TestServer deaf = TestServer.deaf();
				KratosAdmin admin = patient(deaf.url()).callTimeout(Duration.ofMillis(500)).build()) {
			long start = System.nanoTime();
			assertThatExceptionOfType(KratosUnavailableException.class)
				.isThrownBy(() -> admin.identities().createIdentity(CreateIdentity.builder().traits(traits).build()))
				.withMessage("createIdentity got no response: the call was not over after PT0.5S");
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(MARGIN);
		}
	}

	private static final String TOO_LARGE = "HTTP/1.1 413 -\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nno";

	/**
	 * How servers end the connection of a request that they refuse without reading it.
	 */
	private enum End implements Script {

		CLOSED {
			@Override
			public void run(Socket connection) {
				// The system resets the connection, as there are unread bytes.
			}
		},
		RESET {
			@Override
			public void run(Socket connection) throws IOException {
				reset(connection);
			}
		},
		/** Like servers written in Go. */
		CLOSED_LATER {
			@Override
			public void run(Socket connection) throws IOException {
				connection.shutdownOutput();
				// The progress of the client is not visible without reading.
				LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
			}
		}

	}

	@ParameterizedTest
	@EnumSource
	void aRefusalBeforeTheBodyIsReadIsReported(End end) {
		this.server.unread((head) -> (head.length() > 1_000_000) ? StubResponse.script((connection) -> {
			send(connection, TOO_LARGE);
			end.run(connection);
		}) : null).otherwise((request) -> StubResponse.json(IDENTITY));
		try (KratosAdmin admin = patient(this.server.url()).build()) {
			for (int i = 0; i < 3; i++) {
				assertThat(catchThrowableOfType(KratosException.class, () -> create(admin, 16_000_000)))
					.isExactlyInstanceOf(KratosException.class)
					.returns(413, KratosException::getStatus)
					.returns(true, KratosException::isRequestSent);
				assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
			}
		}
		assertThat(this.server.connections()).isGreaterThanOrEqualTo(4);
	}

	/**
	 * A server or gateway that refuses a request without its body may close the
	 * connection, also if the client could write all of it before that.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 401, 403, 404, 405, 408, 411, 413, 429, 431, 500, 502, 503, 504 })
	void noRequestFollowsARefusedBodyOnItsConnection(int status) {
		this.server.unread((head) -> (head.length() > 0) ? StubResponse.script((connection) -> {
			send(connection, TOO_LARGE.replace("413", Integer.toString(status)));
			TestServer.awaitEnd(connection);
		}) : null).otherwise((request) -> StubResponse.json(IDENTITY));
		try (KratosAdmin admin = patient(this.server.url()).readTimeout(MARGIN).build()) {
			assertThat(catchThrowableOfType(KratosException.class, () -> create(admin, 10))).returns(status,
					KratosException::getStatus);
			assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
		}
		assertThat(this.server.connections()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 409 })
	void theConnectionIsKeptAfterARefusalThatKratosDecidesWithTheBody(int status) {
		this.server.otherwise((request) -> request.method().equals("POST")
				? StubResponse.json(status, "{\"error\":{\"message\":\"no\"}}") : StubResponse.json(IDENTITY));
		try (KratosAdmin admin = patient(this.server.url()).build()) {
			assertThat(catchThrowableOfType(KratosException.class, () -> create(admin, 10))).returns(status,
					KratosException::getStatus);
			assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
		}
		assertThat(this.server.connections()).isEqualTo(1);
	}

	@Test
	void aRateLimitBeforeTheBodyIsReadIsReported() {
		this.server.unread((head) -> StubResponse.empty(429).header("Retry-After", "7"));
		try (KratosAdmin admin = patient(this.server.url()).build()) {
			assertThat(catchThrowableOfType(KratosRateLimitedException.class, () -> create(admin, 16_000_000))
				.getRetryAfter()).isEqualTo(Duration.ofSeconds(7));
		}
	}

	static Stream<StubResponse> responsesThatAreNotBelieved() {
		return Stream.of(StubResponse.json(201, IDENTITY), StubResponse.redirect(307, "/admin/identities"),
				StubResponse.html(413, "no").cutOff(), StubResponse.script((connection) -> {
				}), StubResponse.script((connection) -> send(connection, "HTTP/1.1 413 -\r\nContent-")),
				StubResponse.script((connection) -> send(connection, "HTTP/1.1 103 -\r\n\r\n")));
	}

	@ParameterizedTest
	@MethodSource("responsesThatAreNotBelieved")
	void onlyAnErrorIsAcceptedAsTheResponseToAnUnreadRequest(StubResponse response) {
		this.server.unread((head) -> (head.length() > 0) ? response : null)
			.otherwise((request) -> StubResponse.json(IDENTITY));
		try (KratosAdmin admin = patient(this.server.url()).build()) {
			assertThat(catchThrowableOfType(KratosUnavailableException.class, () -> create(admin, 16_000_000)))
				.returns(true, KratosException::isRequestSent);
			assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
		}
	}

	@Test
	void theDeadlineAppliesIfTheRefusalIsLate() {
		this.server.unread((head) -> StubResponse.script(this::refuseAndWait));
		try (KratosAdmin admin = patient(this.server.url()).callTimeout(Duration.ofMillis(500)).build()) {
			assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> create(admin, 16_000_000))
				.withMessage("createIdentity got no response: the call was not over after PT0.5S");
		}
	}

	@Test
	void anInterruptionEndsACallThatWritesToAServerThatHasRefusedIt() throws Exception {
		this.server.unread((head) -> StubResponse.script(this::refuseAndWait));
		try (KratosAdmin admin = patient(this.server.url()).build()) {
			CompletableFuture<KratosException> failure = new CompletableFuture<>();
			Thread caller = new Thread(() -> failure
				.complete(catchThrowableOfType(KratosUnavailableException.class, () -> create(admin, 16_000_000))));
			caller.start();
			Awaitility.await()
				.until(() -> Stream.of(caller.getStackTrace())
					.anyMatch((frame) -> frame.getClassName().equals(DeadlineSocket.class.getName() + "$Output")));
			caller.interrupt();
			assertThat(failure).succeedsWithin(MARGIN)
				.satisfies((ended) -> assertThat(ended)
					.hasMessage("createIdentity got no response: the thread was interrupted"));
		}
	}

	private void refuseAndWait(Socket connection) throws IOException, InterruptedException {
		send(connection, TOO_LARGE);
		this.server.awaitClose();
	}

	private static void create(KratosAdmin admin, int length) {
		Map<String, String> traits = Map.of("picture", "x".repeat(length));
		admin.identities().createIdentity(CreateIdentity.builder().traits(traits).build());
	}

	@Test
	void theDeadlineAppliesToTheTlsHandshake() {
		try (TestServer deaf = TestServer.deaf();
				KratosAdmin admin = patient("https://127.0.0.1:" + deaf.port()).connectTimeout(NEVER)
					.callTimeout(Duration.ofMillis(500))
					.build()) {
			long start = System.nanoTime();
			assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> READ.accept(admin));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(MARGIN);
		}
	}

	@Test
	void theDeadlineAppliesToAllRequestsOfACall() {
		this.server.otherwise((request) -> StubResponse.script((connection) -> {
			TestServer.endsWithin(connection, Duration.ofMillis(200));
			send(connection, "HTTP/1.1 307 -\r\nConnection: close\r\nContent-Length: 0\r\n"
					+ "Location: /admin/identities/x\r\n\r\n");
		}));
		try (KratosAdmin admin = patient(this.server.url()).callTimeout(Duration.ofMillis(300)).build()) {
			assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> READ.accept(admin))
				.withMessage("getIdentity got no response: the call was not over after PT0.3S");
		}
	}

	/**
	 * A client with one connection, which only the server closes.
	 */
	private static KratosAdminBuilder patient(String url) {
		return KratosAdmin.builder()
			.baseUrl(url)
			.pathPrefix("")
			.maxConnections(1)
			.acquireTimeout(MARGIN)
			.readTimeout(NEVER)
			.callTimeout(NEVER);
	}

	private static String head(int length) {
		return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n";
	}

	private static void send(Socket connection, String text) throws IOException {
		connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
	}

	private static void reset(Socket connection) throws IOException {
		connection.setSoLinger(true, 0);
		connection.close();
	}

	private static void trickle(Socket connection) throws IOException {
		while (!TestServer.endsWithin(connection, Duration.ofMillis(20))) {
			connection.getOutputStream().write('x');
		}
	}

	private static byte[] repeated(String start, String repeated, int times, String end) {
		return (start + repeated.repeat(times) + end).getBytes(StandardCharsets.US_ASCII);
	}

	/** About 100 kB, which would expand to 100 MB. */
	private static byte[] bomb() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (OutputStream gzip = new GZIPOutputStream(bytes)) {
			byte[] spaces = " ".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);
			for (int i = 0; i < 100; i++) {
				gzip.write(spaces);
			}
			gzip.write(IDENTITY.getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

}
