package io.github.kratosadmin.internal.http;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.X509ExtendedTrustManager;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.connection.TlsSettings;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosRedirectException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.testing.Certificates;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for the TLS settings of connections.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class TlsTests {

	private static final String IDENTITY = "{\"id\":\"x\"}";

	@TempDir
	private static Path folder;

	private static KeyStore host;

	private static KeyStore otherHost;

	private static KeyStore client;

	@BeforeAll
	static void createCertificates() throws Exception {
		host = Certificates.create(folder, "host", "dns:localhost", "ip:127.0.0.1");
		otherHost = Certificates.create(folder, "other-host", "dns:kratos.example");
		client = Certificates.create(folder, "client");
	}

	@Test
	void aTrustedServerIsCalled() throws Exception {
		try (TestServer server = server(host, null);
				KratosAdmin admin = builder(server, Certificates.context(null, host)).build()) {
			assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
			assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
			assertKept(server);
		}
	}

	@Test
	void anUntrustedServerIsNotCalled() throws Exception {
		try (TestServer server = server(host, null);
				KratosAdmin byDefault = builder(server, null).build();
				KratosAdmin admin = builder(server, Certificates.context(null, otherHost)).build()) {
			assertRefused(admin);
			assertRefused(byDefault);
			assertThat(server.requests()).isEmpty();
		}
	}

	@Test
	void aServerWithTheCertificateOfAnotherHostIsNotCalled() throws Exception {
		try (TestServer server = server(otherHost, null);
				KratosAdmin admin = builder(server, Certificates.context(null, otherHost)).build()) {
			assertRefused(admin);
			assertThat(server.requests()).isEmpty();
		}
	}

	@Test
	void theHostNameIsVerifiedEvenIfEveryCertificateIsTrusted() throws Exception {
		SSLContext context = Certificates.context(null, new TrustingEverybody());
		try (TestServer right = server(host, null); TestServer wrong = server(otherHost, null)) {
			try (KratosAdmin admin = builder(right, context).build()) {
				assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
			}
			try (KratosAdmin admin = builder(wrong, context).build()) {
				assertRefused(admin);
				assertThat(wrong.requests()).isEmpty();
			}
		}
	}

	@Test
	void aServerThatAsksForACertificateGetsOneAndKeepsTheConnection() throws Exception {
		try (TestServer server = server(host, client);
				KratosAdmin admin = builder(server, Certificates.context(client, host)).build()) {
			assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
			assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
			assertKept(server);
		}
	}

	@Test
	void aServerThatAsksForACertificateRefusesAClientWithoutOne() throws Exception {
		try (TestServer server = server(host, client);
				KratosAdmin admin = builder(server, Certificates.context(null, host)).build()) {
			assertThatExceptionOfType(KratosUnavailableException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"));
			assertThat(server.requests()).isEmpty();
		}
	}

	@Test
	void onlyTheConfiguredVersionsOfTlsAreUsed() throws Exception {
		SSLContext context = Certificates.context(null, host);
		try (TestServer server = server(host, null, "TLSv1.3")) {
			try (KratosAdmin admin = builder(server, null).tls(() -> new TlsSettings(context, List.of("TLSv1.3"), null))
				.build()) {
				assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
			}
			try (KratosAdmin admin = builder(server, null).tls(() -> new TlsSettings(context, List.of("TLSv1.2"), null))
				.build()) {
				assertRefused(admin);
			}
			try (KratosAdmin admin = builder(server, null)
				.tls(() -> new TlsSettings(context, null, List.of("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")))
				.build()) {
				assertRefused(admin);
			}
		}
	}

	@Test
	void newConnectionsUseNewSettingsWhileCallsInProgressFinish() throws Exception {
		CountDownLatch released = new CountDownLatch(1);
		AtomicReference<TlsSettings> settings = new AtomicReference<>(
				TlsSettings.of(Certificates.context(null, otherHost)));
		try (TestServer server = server(host, null);
				KratosAdmin admin = builder(server, null).tls(settings::get).build()) {
			server.otherwise((request) -> {
				if (request.path().endsWith("slow")) {
					await(released);
					return StubResponse.json("{\"id\":\"slow\"}");
				}
				return StubResponse.json(IDENTITY);
			});
			assertRefused(admin);
			settings.set(TlsSettings.of(Certificates.context(null, host)));
			CompletableFuture<String> slow = CompletableFuture
				.supplyAsync(() -> admin.identities().getIdentity("slow").id());
			server.awaitRequest();
			settings.set(TlsSettings.of(Certificates.context(null, otherHost)));
			assertRefused(admin);
			assertThat(slow).isNotDone();
			released.countDown();
			assertThat(slow).succeedsWithin(Duration.ofSeconds(20)).isEqualTo("slow");
		}
	}

	@Test
	void anErrorWhileConnectingLosesNoConnection() throws Exception {
		TlsSettings settings = TlsSettings.of(Certificates.context(null, host));
		AtomicInteger errors = new AtomicInteger(2);
		try (TestServer server = server(host, null);
				KratosAdmin admin = builder(server, null).maxConnections(2).tls(() -> {
					if (errors.getAndDecrement() > 0) {
						throw new OutOfMemoryError("Java heap space");
					}
					return settings;
				}).build()) {
			for (int i = 0; i < 2; i++) {
				assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> admin.identities().getIdentity("x"));
			}
			assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
	void aRefusalBeforeTheBodyIsReadIsReported(String protocol) throws Exception {
		CreateIdentity large = CreateIdentity.builder().traits(Map.of("picture", "x".repeat(16_000_000))).build();
		try (TestServer server = server(host, null, protocol);
				KratosAdmin admin = builder(server, Certificates.context(null, host)).build()) {
			server.unread((head) -> (head.length() > 0) ? StubResponse.html(413, "no") : null);
			for (int i = 0; i < 3; i++) {
				assertThat(catchThrowableOfType(KratosException.class, () -> admin.identities().createIdentity(large)))
					.returns(413, KratosException::getStatus);
				assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
			}
		}
	}

	@Test
	void aRedirectFromHttpsToHttpIsNotFollowed() throws Exception {
		try (TestServer plain = new TestServer(); TestServer server = server(host, null)) {
			server.otherwise((request) -> StubResponse.redirect(307, plain.url() + request.path()));
			try (KratosAdmin admin = builder(server, Certificates.context(null, host)).build()) {
				assertThatExceptionOfType(KratosRedirectException.class)
					.isThrownBy(() -> admin.schemas().getSchema("x"))
					.withMessageEndingWith("from https to http");
				assertThatExceptionOfType(KratosRedirectException.class)
					.isThrownBy(() -> admin.identities().getIdentity("x"))
					.withMessageEndingWith("set the base URL to the address of the admin API itself");
			}
			assertThat(plain.requests()).isEmpty();
		}
	}

	private static void assertKept(TestServer server) {
		assertThat(server.connections()).isEqualTo(1);
	}

	private static void assertRefused(KratosAdmin admin) {
		assertThatExceptionOfType(KratosUnavailableException.class)
			.isThrownBy(() -> admin.identities().getIdentity("x"))
			.withCauseInstanceOf(SSLException.class);
	}

	private static KratosAdminBuilder builder(TestServer server, @Nullable SSLContext context) {
		KratosAdminBuilder builder = KratosAdmin.builder()
			.baseUrl("https://127.0.0.1:" + server.port())
			.pathPrefix("")
			// The handshake is slow on a busy machine.
			.connectTimeout(Duration.ofSeconds(20));
		return (context != null) ? builder.tls(() -> TlsSettings.of(context)) : builder;
	}

	private static TestServer server(KeyStore owner, @Nullable KeyStore clients, String... protocols) throws Exception {
		SSLContext context = Certificates.context(owner,
				(clients != null) ? new KeyStore[] { clients } : new KeyStore[] { owner });
		SSLServerSocket socket = (SSLServerSocket) context.getServerSocketFactory()
			.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
		socket.setNeedClientAuth(clients != null);
		if (protocols.length > 0) {
			socket.setEnabledProtocols(protocols);
		}
		return new TestServer(socket).otherwise((request) -> StubResponse.json(IDENTITY));
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static final class TrustingEverybody extends X509ExtendedTrustManager {

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType) {
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

}
