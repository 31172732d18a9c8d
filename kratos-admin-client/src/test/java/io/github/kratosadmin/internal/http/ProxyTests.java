package io.github.kratosadmin.internal.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

import javax.net.ssl.SSLContext;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.connection.TlsSettings;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.testing.Certificates;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ProxyTests {

	private static final String IDENTITY = "{\"id\":\"x\"}";

	private static final String CREDENTIALS = "Basic "
			+ Base64.getEncoder().encodeToString("user:pass:word".getBytes(StandardCharsets.UTF_8));

	@AutoClose
	private final TestServer proxy = new TestServer();

	@Test
	void callsGoThroughTheProxy() {
		this.proxy.respond(StubResponse.json(IDENTITY));
		try (KratosAdmin admin = KratosAdmin.builder()
			.baseUrl("http://kratos.invalid:4434")
			.pathPrefix("")
			.bearerToken("token")
			.proxy(this.proxy.url())
			.build()) {
			assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
		}
		assertThat(this.proxy.request().target()).isEqualTo("http://kratos.invalid:4434/identities/x");
		assertThat(this.proxy.request().header("Authorization")).isEqualTo("Bearer token");
		assertThat(this.proxy.request().headers()).doesNotContainKey("Proxy-Authorization");
	}

	@Test
	void aChangeIsSentToTheProxyOnceWithItsCredentials() {
		this.proxy
			.otherwise((request) -> (request.header("Proxy-Authorization") != null) ? StubResponse.json(201, IDENTITY)
					: StubResponse.empty(407).header("Proxy-Authenticate", "Basic realm=\"proxy\""));
		try (KratosAdmin admin = withCredentials()) {
			admin.identities().createIdentity(CreateIdentity.builder().traits(Map.of()).build());
		}
		assertThat(this.proxy.request().header("Proxy-Authorization")).isEqualTo(CREDENTIALS);
	}

	@Test
	void rejectedProxyCredentialsAreAFailure() {
		this.proxy
			.otherwise((request) -> StubResponse.empty(407).header("Proxy-Authenticate", "Basic realm=\"proxy\""));
		for (String password : new String[] { "", "wrong" }) {
			KratosAdminBuilder builder = KratosAdmin.builder()
				.baseUrl("http://kratos.invalid:4434")
				.pathPrefix("")
				.proxy(this.proxy.url());
			if (!password.isEmpty()) {
				builder.proxyCredentials("user", password);
			}
			try (KratosAdmin admin = builder.build()) {
				assertThatExceptionOfType(KratosException.class).isThrownBy(() -> admin.identities().getIdentity("x"))
					.withMessageStartingWith("getIdentity failed with status 407")
					.withMessageNotContaining("wrong");
			}
		}
	}

	@Test
	void theCredentialsOfTheProxyAreRedactedInAFailure() {
		this.proxy.otherwise((request) -> StubResponse.json(400,
				"{\"error\":{\"code\":400,\"reason\":\"This is not valid: pass:word, "
						+ request.header("Proxy-Authorization") + "\"}}"));
		try (KratosAdmin admin = withCredentials()) {
			assertThatExceptionOfType(KratosException.class).isThrownBy(() -> admin.identities().getIdentity("x"))
				.withMessageContaining("This is not valid: ***, ")
				.satisfies((ex) -> assertThat(ex.getMessage() + ex.getError().reason()).doesNotContain("pass:word")
					.doesNotContain(CREDENTIALS.substring("Basic ".length())));
		}
	}

	@Test
	void httpsUsesATunnelAndKratosDoesNotSeeTheCredentialsOfTheProxy(@TempDir Path folder) throws Exception {
		KeyStore host = Certificates.create(folder, "host", "ip:127.0.0.1");
		SSLContext context = Certificates.context(host, host);
		try (TestServer kratos = new TestServer(
				context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()))) {
			kratos.otherwise((request) -> StubResponse.json(IDENTITY));
			this.proxy.otherwise((request) -> tunnel(request, kratos.port()));
			try (KratosAdmin admin = KratosAdmin.builder()
				.baseUrl("https://127.0.0.1:" + kratos.port())
				.pathPrefix("")
				.bearerToken("token")
				.connectTimeout(Duration.ofSeconds(20))
				.tls(() -> TlsSettings.of(context))
				.proxy(this.proxy.url())
				.proxyCredentials("user", "pass:word")
				.build()) {
				assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
				assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
				assertThat(kratos.connections()).isEqualTo(1);
				assertThat(admin.schemas().getSchema("x").path("id").stringValue()).isEqualTo("x");
				assertThat(kratos.connections()).isEqualTo(2);
			}
			assertThat(this.proxy.requests()).isNotEmpty().allSatisfy((request) -> {
				assertThat(request.method()).isEqualTo("CONNECT");
				assertThat(request.header("User-Agent")).startsWith("kratos-admin-spring-boot/");
				assertThat(request.headers()).doesNotContainKey("Authorization");
			});
			assertThat(kratos.requests()).hasSize(3).allSatisfy((request) -> {
				assertThat(request.headers()).doesNotContainKey("Proxy-Authorization");
				assertThat(request.header("Authorization")).isEqualTo("Bearer token");
			});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "proxy:3128", "https://proxy:3128", "http://proxy:3128/path", "socks://proxy:1080" })
	void anInvalidProxyUrlIsRejected(String url) {
		assertThatIllegalArgumentException().isThrownBy(() -> KratosAdmin.builder().proxy(url))
			.withMessageStartingWith("The proxy URL must be ");
	}

	@Test
	void aUsernameWithAColonIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> KratosAdmin.builder().proxyCredentials("a:b", "secret"))
			.withMessageNotContaining("secret");
	}

	@Test
	void thePasswordIsNotShown() {
		assertThat(new ProxyServer("proxy", 3128, new ProxyServer.Credentials("user", "CANARY")).toString())
			.contains("user")
			.doesNotContain("CANARY");
	}

	private static StubResponse tunnel(Request request, int port) {
		if (!CREDENTIALS.equals(request.header("Proxy-Authorization"))) {
			return StubResponse.empty(407).header("Proxy-Authenticate", "Basic realm=\"proxy\"");
		}
		return StubResponse.script((connection) -> {
			try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
				connection.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
				Thread back = new Thread(() -> copy(target, connection));
				back.setDaemon(true);
				back.start();
				copy(connection, target);
			}
		});
	}

	private static void copy(Socket from, Socket to) {
		try {
			from.getInputStream().transferTo(to.getOutputStream());
		}
		catch (IOException ex) {
			// One of them is closed.
		}
	}

	private KratosAdmin withCredentials() {
		return KratosAdmin.builder()
			.baseUrl("http://kratos.invalid:4434")
			.pathPrefix("")
			.proxy(this.proxy.url())
			.proxyCredentials("user", "pass:word")
			.build();
	}

}
