package io.github.kratosadmin.internal.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.connection.TlsSettings;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosPoolExhaustedException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.BatchPatchIdentities;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.identity.ImportResult;
import io.github.kratosadmin.identity.ImportResult.Outcome;
import io.github.kratosadmin.internal.httpclient.client5.http.impl.classic.RequestFailedException;
import io.github.kratosadmin.internal.httpclient.core5.http.ConnectionRequestTimeoutException;
import io.github.kratosadmin.internal.httpclient.core5.util.Deadline;
import io.github.kratosadmin.internal.httpclient.core5.util.DeadlineTimeoutException;
import io.github.kratosadmin.testing.Certificates;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests that an exception says whether the request may have reached Kratos.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class RequestSentTests {

	private static final String IDENTITY = "{\"id\":\"x\"}";

	private static final CreateIdentity PERSON = CreateIdentity.builder().traits(Map.of()).build();

	@AutoClose
	private final TestServer server = new TestServer();

	@Test
	void nothingIsSentIfTheConnectionIsRefused() throws IOException {
		try (Socket taken = new Socket()) {
			taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			assertNotSent(builder("http://127.0.0.1:" + taken.getLocalPort()));
		}
	}

	@Test
	void nothingIsSentToAnUnknownHost() {
		assertNotSent(builder("http://kratos.invalid:4434"));
	}

	/** TCP has no route to a broadcast or multicast address. */
	@ParameterizedTest
	@ValueSource(strings = { "255.255.255.255", "224.0.0.1" })
	void nothingIsSentToAHostWithoutARoute(String host) {
		assertNotSent(builder("http://" + host + ":4434"));
	}

	@Test
	void nothingIsSentIfTheConnectTimesOut() throws IOException {
		try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Socket first = new Socket();
				Socket second = new Socket();
				Socket third = new Socket()) {
			for (Socket socket : new Socket[] { first, second, third }) {
				fill(socket, busy);
			}
			assertNotSent(builder("http://127.0.0.1:" + busy.getLocalPort()).connectTimeout(Duration.ofMillis(200))
				.readTimeout(Duration.ofMillis(200)));
		}
	}

	private static void fill(Socket socket, ServerSocket server) {
		try {
			socket.connect(server.getLocalSocketAddress(), 100);
		}
		catch (IOException ex) {
			// Full.
		}
	}

	@Test
	void nothingIsSentIfTheTlsHandshakeFails() {
		assertNotSent(builder(this.server.url().replace("http:", "https:")));
	}

	@Test
	void nothingIsSentToAnUntrustedServer(@TempDir Path folder) throws Exception {
		KeyStore host = Certificates.create(folder, "host", "ip:127.0.0.1");
		ServerSocket socket = Certificates.context(host, host)
			.getServerSocketFactory()
			.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
		try (TestServer https = new TestServer(socket)) {
			assertNotSent(builder("https://127.0.0.1:" + https.port()));
			assertThat(https.requests()).isEmpty();
		}
	}

	/** With TLS 1.3, a server may check the certificate after receiving the request. */
	@Test
	void aRequestWithoutTheRequiredClientCertificateCountsAsSent(@TempDir Path folder) throws Exception {
		KeyStore host = Certificates.create(folder, "host", "ip:127.0.0.1");
		SSLServerSocket socket = (SSLServerSocket) Certificates.context(host, host)
			.getServerSocketFactory()
			.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
		socket.setNeedClientAuth(true);
		SSLContext trusting = Certificates.context(null, host);
		try (TestServer https = new TestServer(socket)) {
			assertSent(builder("https://127.0.0.1:" + https.port())
				.tls(() -> new TlsSettings(trusting, List.of("TLSv1.3"), null)));
		}
	}

	@Test
	void nothingIsSentIfTheProxyRefusesTheTunnel() {
		this.server.otherwise((request) -> StubResponse.html(403, "<p>no"));
		KratosException failure = failure(builder("https://kratos.invalid:4434").proxy(this.server.url()));
		assertThat(failure.isRequestSent()).isFalse();
		assertThat(this.server.requests()).extracting((request) -> request.method()).containsOnly("CONNECT");
	}

	@Test
	void nothingIsSentIfTheProxyDoesNotRespond() {
		this.server.otherwise((request) -> StubResponse.dropped());
		assertNotSent(builder("https://kratos.invalid:4434").proxy(this.server.url()));
	}

	@Test
	void nothingIsSentIfTheTokenProviderThrows() {
		assertNotSent(builder(this.server.url()).bearerTokenProvider(() -> {
			throw new IllegalStateException("no token");
		}));
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void aClosedClientSendsNothing() {
		KratosAdmin admin = builder(this.server.url()).build();
		IdentityApi identities = admin.identities();
		admin.close();
		KratosException failure = catchThrowableOfType(KratosUnavailableException.class,
				() -> identities.createIdentity(PERSON));
		assertThat(failure).hasMessageContaining("this KratosAdmin is closed");
		assertThat(failure.isRequestSent()).isFalse();
	}

	@Test
	void aClientClosedBeforeItsFirstCallSendsNothing() {
		KratosAdmin admin = builder(this.server.url()).build();
		admin.close();
		for (Consumer<KratosAdmin> call : List.<Consumer<KratosAdmin>>of(
				(closed) -> closed.identities().createIdentity(PERSON),
				(closed) -> closed.identities().batchPatchIdentities(new BatchPatchIdentities(List.of())),
				(closed) -> closed.offboard("x"))) {
			assertThat(catchThrowableOfType(KratosUnavailableException.class, () -> call.accept(admin)))
				.hasMessageContaining("this KratosAdmin is closed")
				.returns(false, KratosException::isRequestSent);
		}
		List<ImportResult> results = new ArrayList<>();
		admin.importIdentities(Stream.of(PERSON, PERSON), results::add);
		assertThat(results).hasSize(2).extracting(ImportResult::outcome).containsOnly(Outcome.NOT_SENT);
		assertThat(this.server.requests()).isEmpty();
	}

	/** Like a load balancer without servers. */
	@Test
	void nothingIsSentIfEveryConnectionIsClosedImmediately() throws IOException {
		List<KratosException> stale = new ArrayList<>();
		try (ServerSocket closing = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				KratosAdmin admin = builder("http://127.0.0.1:" + closing.getLocalPort()).maxConnections(2).build()) {
			Thread acceptor = new Thread(() -> closeAll(closing));
			acceptor.setDaemon(true);
			acceptor.start();
			for (int i = 0; i < 200; i++) {
				KratosException failure = catchThrowableOfType(KratosUnavailableException.class,
						() -> admin.identities().createIdentity(PERSON));
				if (failure.getMessage().contains("StaleConnectionException")) {
					stale.add(failure);
				}
			}
		}
		assertThat(stale).isNotEmpty().allSatisfy((failure) -> assertThat(failure.isRequestSent()).isFalse());
	}

	private static void closeAll(ServerSocket server) {
		try {
			while (true) {
				server.accept().close();
			}
		}
		catch (IOException ex) {
			// The test is over.
		}
	}

	@Test
	void nothingIsSentAfterAnInterruption() {
		Thread.currentThread().interrupt();
		KratosException failure = failure(builder(this.server.url()));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(failure.isRequestSent()).isFalse();
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void nothingIsSentIfTheVersionCannotBeRead() {
		for (StubResponse response : List.of(StubResponse.json(503, "{}"), StubResponse.dropped())) {
			this.server.respond(response);
			try (KratosAdmin admin = builder(this.server.url()).build()) {
				KratosException failure = catchThrowableOfType(KratosException.class,
						() -> admin.identities().batchPatchIdentities(new BatchPatchIdentities(List.of())));
				assertThat(failure.isRequestSent()).isFalse();
			}
		}
		assertThat(this.server.requests()).extracting((request) -> request.path()).containsOnly("/version");
	}

	@Test
	void nothingIsSentIfTheDetectionOfThePrefixFails() {
		this.server.otherwise((request) -> StubResponse.dropped());
		assertNotSent(builder(this.server.url()).pathPrefix(null));
		assertThat(this.server.requests()).extracting((request) -> request.path()).containsOnly("/admin/version");
	}

	@Test
	void nothingIsSentToATooOldServer() {
		this.server.version("v0.6.3");
		try (KratosAdmin admin = builder(this.server.url()).build()) {
			assertThat(catchThrowableOfType(KratosUnsupportedException.class,
					() -> admin.identities().batchPatchIdentities(new BatchPatchIdentities(List.of()))))
				.returns(false, KratosException::isRequestSent);
		}
	}

	@Test
	void nothingIsSentIfNoConnectionBecomesFree() throws Exception {
		this.server.otherwise((request) -> StubResponse.held());
		try (KratosAdmin admin = builder(this.server.url()).maxConnections(1)
			.acquireTimeout(Duration.ofMillis(500))
			.build()) {
			Thread holder = new Thread(() -> catchThrowable(() -> admin.identities().getIdentity("x")));
			holder.start();
			this.server.awaitRequest();
			assertThat(catchThrowableOfType(KratosPoolExhaustedException.class,
					() -> admin.identities().createIdentity(PERSON)))
				.returns(false, KratosException::isRequestSent);
			holder.interrupt();
			holder.join();
		}
	}

	@Test
	void nothingIsSentIfTheWaitForAConnectionIsInterrupted() throws Exception {
		this.server.otherwise((request) -> StubResponse.held());
		try (KratosAdmin admin = builder(this.server.url()).maxConnections(1)
			.acquireTimeout(Duration.ofSeconds(30))
			.build()) {
			Thread holder = new Thread(() -> catchThrowable(() -> admin.identities().getIdentity("x")));
			holder.start();
			this.server.awaitRequest();
			CompletableFuture<KratosException> failure = new CompletableFuture<>();
			Thread caller = new Thread(() -> failure.complete(
					catchThrowableOfType(KratosException.class, () -> admin.identities().createIdentity(PERSON))));
			caller.start();
			Awaitility.await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
			caller.interrupt();
			assertThat(failure.get(20, TimeUnit.SECONDS)).returns(false, KratosException::isRequestSent);
			holder.interrupt();
			holder.join();
		}
	}

	@Test
	void bothExceptionsOfAnExhaustedPoolAreRecognized() {
		assertThat(ApacheHttpSender.isPoolExhausted(new ConnectionRequestTimeoutException("late"))).isTrue();
		assertThat(ApacheHttpSender.isPoolExhausted(
				new RequestFailedException("failed", DeadlineTimeoutException.from(Deadline.fromUnixMilliseconds(1)))))
			.isTrue();
		assertThat(ApacheHttpSender.isPoolExhausted(new RequestFailedException("failed", new IOException()))).isFalse();
	}

	@Test
	void nothingIsSentOnAConnectionClosedByTheServer() throws Exception {
		CountDownLatch closed = new CountDownLatch(1);
		this.server.respond(StubResponse.script((connection) -> {
			connection.getOutputStream()
				.write(("HTTP/1.1 201 -\r\nContent-Length: 10\r\n\r\n" + IDENTITY).getBytes(StandardCharsets.US_ASCII));
			this.server.close();
			closed.countDown();
		}));
		try (KratosAdmin admin = builder(this.server.url()).build()) {
			admin.identities().createIdentity(PERSON);
			closed.await();
			assertThat(catchThrowableOfType(KratosUnavailableException.class,
					() -> admin.identities().createIdentity(PERSON)))
				.returns(false, KratosException::isRequestSent);
		}
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void aRedirectedRequestThatCannotBeSentAgainWasNotProcessed() {
		try (TestServer kratos = new TestServer()) {
			kratos.respond(StubResponse.script((connection) -> {
				kratos.refuseConnections();
				connection.getOutputStream()
					.write(("HTTP/1.1 307 -\r\nLocation: /admin/identities\r\nContent-Length: 0\r\n"
							+ "Connection: close\r\n\r\n")
						.getBytes(StandardCharsets.US_ASCII));
			}));
			assertNotSent(builder(kratos.url()));
			assertThat(kratos.requests()).hasSize(1);
		}
	}

	@Test
	void aRequestWithoutAResponseWasSent() {
		for (StubResponse response : List.of(StubResponse.dropped(), StubResponse.held(),
				StubResponse.json(IDENTITY).cutOff())) {
			this.server.respond(response);
			assertSent(builder(this.server.url()).readTimeout(Duration.ofMillis(200)));
		}
	}

	@Test
	void aRefusedRequestWasSent() {
		this.server.respond(StubResponse.json(409, "{}"));
		assertSent(builder(this.server.url()));
	}

	private static KratosAdminBuilder builder(String url) {
		return KratosAdmin.builder().baseUrl(url).pathPrefix("").connectTimeout(Duration.ofSeconds(10));
	}

	private static void assertNotSent(KratosAdminBuilder builder) {
		KratosException failure = failure(builder);
		assertThat(failure).isInstanceOf(KratosUnavailableException.class);
		assertThat(failure.isRequestSent()).as(failure.toString()).isFalse();
	}

	private static void assertSent(KratosAdminBuilder builder) {
		KratosException failure = failure(builder);
		assertThat(failure.isRequestSent()).as(failure.toString()).isTrue();
	}

	private static KratosException failure(KratosAdminBuilder builder) {
		try (KratosAdmin admin = builder.build()) {
			return catchThrowableOfType(KratosException.class, () -> admin.identities().createIdentity(PERSON));
		}
	}

}
