package io.github.kratosadmin.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.identity.IdentityApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@code kratos.admin.ssl.bundle} with certificates from the JDK's keytool.
 */
@ExtendWith(OutputCaptureExtension.class)
class SslBundleTests {

	private static final String PASSWORD = "changeit";

	@TempDir
	private static Path folder;

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final CountDownLatch arrived = new CountDownLatch(1);

	private final CountDownLatch released = new CountDownLatch(1);

	private HttpsServer server;

	@BeforeAll
	static void createCertificates() throws Exception {
		createCertificate("host", "-ext", "san=ip:127.0.0.1");
		createCertificate("other");
		createCertificate("client");
	}

	private static void createCertificate(String name, String... more) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
						name, "-keyalg", "EC", "-dname", "CN=" + name, "-validity", "1", "-storetype", "PKCS12",
						"-keystore", folder.resolve(name + ".p12").toString(), "-storepass", PASSWORD));
		command.addAll(List.of(more));
		Process keytool = new ProcessBuilder(command).inheritIO().start();
		assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(keytool.exitValue()).isZero();
	}

	@AfterEach
	void stop() {
		this.released.countDown();
		if (this.server != null) {
			this.server.stop(0);
		}
		this.executor.shutdownNow();
	}

	@Test
	void callsAServerThatTheBundleTrusts() throws Exception {
		runner("host", null)
			.run((context) -> assertThat(context.getBean(IdentityApi.class).getIdentity("1").id()).isEqualTo("1"));
	}

	@Test
	void doesNotCallAServerThatTheBundleDoesNotTrust() throws Exception {
		runner("other", null).run((context) -> assertRefused(context.getBean(IdentityApi.class)));
	}

	@Test
	void sendsTheClientCertificateOfTheBundle() throws Exception {
		runner("host", "client")
			.run((context) -> assertThat(context.getBean(IdentityApi.class).getIdentity("1").id()).isEqualTo("1"));
	}

	@Test
	void failsWithoutTheRequiredClientCertificate() throws Exception {
		start("client");
		ApplicationContextRunner runner = runner(this.server, "host", null);
		runner.run((context) -> assertThatExceptionOfType(KratosUnavailableException.class)
			.isThrownBy(() -> context.getBean(IdentityApi.class).getIdentity("1")));
	}

	@Test
	void newConnectionsUseTheReloadedBundleAndRunningCallsFinish(CapturedOutput output) throws Exception {
		runner("other", null).run((context) -> {
			IdentityApi identities = context.getBean(IdentityApi.class);
			SslBundleRegistry bundles = context.getBean(SslBundleRegistry.class);
			assertRefused(identities);
			bundles.updateBundle("kratos", trusting("host"));
			CompletableFuture<String> slow = CompletableFuture.supplyAsync(() -> identities.getIdentity("slow").id(),
					this.executor);
			assertThat(this.arrived.await(20, TimeUnit.SECONDS)).isTrue();
			bundles.updateBundle("kratos", trusting("other"));
			assertRefused(identities);
			this.released.countDown();
			assertThat(slow).succeedsWithin(Duration.ofSeconds(20)).isEqualTo("slow");
		});
		assertThat(output).doesNotContain("doesn't support SSL reloading");
	}

	private ApplicationContextRunner runner(String trusted, String own) throws Exception {
		start(own);
		return runner(this.server, trusted, own);
	}

	private static ApplicationContextRunner runner(HttpsServer server, String trusted, String own) {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, KratosAdminAutoConfiguration.class))
			.withPropertyValues("kratos.admin.base-url=https://127.0.0.1:" + server.getAddress().getPort(),
					"kratos.admin.path-prefix=", "kratos.admin.connect-timeout=20s", "kratos.admin.ssl.bundle=kratos",
					"spring.ssl.bundle.jks.kratos.truststore.location=" + folder.resolve(trusted + ".p12").toUri(),
					"spring.ssl.bundle.jks.kratos.truststore.password=" + PASSWORD);
		return (own == null) ? runner
				: runner.withPropertyValues(
						"spring.ssl.bundle.jks.kratos.keystore.location=" + folder.resolve(own + ".p12").toUri(),
						"spring.ssl.bundle.jks.kratos.keystore.password=" + PASSWORD);
	}

	private static void assertRefused(IdentityApi identities) {
		assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> identities.getIdentity("1"))
			.withCauseInstanceOf(SSLException.class);
	}

	private void start(String client) throws Exception {
		KeyStore trusted = (client != null) ? keys(client) : null;
		SSLContext context = SslBundle
			.of(SslStoreBundle.of(keys("host"), PASSWORD, (trusted != null) ? trusted : keys("host")))
			.createSslContext();
		this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
		this.server.setHttpsConfigurator(new HttpsConfigurator(context) {

			@Override
			public void configure(HttpsParameters parameters) {
				SSLParameters ssl = context.getDefaultSSLParameters();
				ssl.setNeedClientAuth(client != null);
				parameters.setSSLParameters(ssl);
			}

		});
		this.server.setExecutor(this.executor);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			if (exchange.getRequestURI().getPath().endsWith("slow")) {
				this.arrived.countDown();
				this.released.await();
			}
			String path = exchange.getRequestURI().getPath();
			byte[] body = ("{\"id\":\"" + path.substring(path.lastIndexOf('/') + 1) + "\"}")
				.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static SslBundle trusting(String name) throws Exception {
		return SslBundle.of(SslStoreBundle.of(null, null, keys(name)));
	}

	private static KeyStore keys(String name) throws Exception {
		try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
			KeyStore keys = KeyStore.getInstance("PKCS12");
			keys.load(in, PASSWORD.toCharArray());
			return keys;
		}
	}

}
