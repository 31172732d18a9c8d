package io.github.kratosadmin;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;

import io.github.kratosadmin.connection.BearerTokenException;
import io.github.kratosadmin.connection.TlsSettings;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.interceptor.KratosAdminInterceptor;
import io.github.kratosadmin.observation.DefaultKratosAdminObservationConvention;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class KratosAdminBuilderTests {

	private static final String VERSION = "{\"version\":\"v0.6.3\"}";

	@AutoClose
	private final TestServer server = new TestServer().otherwise((request) -> StubResponse.json(VERSION));

	static Stream<Arguments> durations() {
		return Stream.of(duration("The connect timeout", KratosAdminBuilder::connectTimeout),
				duration("The read timeout", KratosAdminBuilder::readTimeout),
				duration("The connections' time to live", KratosAdminBuilder::connectionTimeToLive),
				duration("The acquire timeout", KratosAdminBuilder::acquireTimeout),
				duration("The call timeout", KratosAdminBuilder::callTimeout));
	}

	private static Arguments duration(String name, BiConsumer<KratosAdminBuilder, Duration> setter) {
		return arguments(name, setter);
	}

	/**
	 * A client is assembled from a copy of its builder when it is used for the first
	 * time.
	 */
	@Test
	void aCopyHasEverySetting() throws Exception {
		TlsSettings tls = TlsSettings.of(SSLContext.getDefault());
		KratosAdminBuilder defaults = KratosAdmin.builder();
		KratosAdminBuilder builder = KratosAdmin.builder()
			.name("name")
			.baseUrl("http://base")
			.publicUrl("http://public")
			.pathPrefix("/prefix")
			.bearerToken("token")
			.header("X-Tenant", "blue")
			.userAgent("agent")
			.connectTimeout(Duration.ofMillis(1))
			.readTimeout(Duration.ofMillis(2))
			.maxConnections(3)
			.connectionTimeToLive(Duration.ofMillis(4))
			.acquireTimeout(Duration.ofMillis(5))
			.callTimeout(Duration.ofMillis(6))
			.maxResponseSize(DataSize.ofBytes(7))
			.maxNesting(8)
			.maxRetries(9)
			.retryDelay(Duration.ofMillis(10), 11, Duration.ofMillis(12), Duration.ofMillis(10))
			.retryStatuses(Set.of(500))
			.maxRetryAfter(Duration.ofMillis(13))
			.tls(() -> tls)
			.proxy("http://proxy")
			.proxyCredentials("user", "password")
			.observationRegistry(ObservationRegistry.create())
			.observationConvention(new DefaultKratosAdminObservationConvention())
			.interceptor(new KratosAdminInterceptor() {
			})
			.executor(Runnable::run);
		KratosAdminBuilder copy = new KratosAdminBuilder(builder);
		for (Field field : KratosAdminBuilder.class.getDeclaredFields()) {
			if (!Modifier.isStatic(field.getModifiers())) {
				field.setAccessible(true);
				assertThat(field.get(builder)).as(field.getName() + " is set above").isNotEqualTo(field.get(defaults));
				assertThat(field.get(copy)).as(field.getName()).isEqualTo(field.get(builder));
			}
		}
	}

	@Test
	void aClientKeepsTheSettingsThatItWasBuiltWith() {
		KratosAdminBuilder builder = KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix("")
			.header("X-Tenant", "blue");
		try (KratosAdmin admin = builder.build()) {
			builder.baseUrl("http://localhost:1").header("X-Tenant", "red");
			admin.metadata().getVersion();
			assertThat(this.server.requests()).singleElement()
				.satisfies((request) -> assertThat(request.headers()).containsEntry("X-Tenant", "blue"));
		}
	}

	@Test
	void nullTakesASettingBack() throws Exception {
		TlsSettings tls = TlsSettings.of(SSLContext.getDefault());
		KratosAdminBuilder builder = KratosAdmin.builder()
			.publicUrl("http://public")
			.pathPrefix("/prefix")
			.bearerToken("token")
			.header("X-Tenant", "blue")
			.userAgent("agent")
			.tls(() -> tls)
			.proxy("http://proxy")
			.proxyCredentials("user", "password")
			.observationRegistry(ObservationRegistry.create())
			.observationConvention(new DefaultKratosAdminObservationConvention())
			.executor(Runnable::run);
		builder.publicUrl(null)
			.pathPrefix(null)
			.bearerToken(null)
			.header("x-tenant", null)
			.userAgent(null)
			.tls(null)
			.proxy(null)
			.proxyCredentials(null, null)
			.observationRegistry(null)
			.observationConvention(null)
			.executor(null);
		assertThat(builder).usingRecursiveComparison().isEqualTo(KratosAdmin.builder());
	}

	@ParameterizedTest
	@CsvSource({ "'', '', /version", "/, '', /version", "//, '', /version", "/kratos, '', /kratos/version",
			"/kratos/, '', /kratos/version", "/a/b%20c, '', /a/b%20c/version", "'', /admin, /admin/version",
			"/, /admin/, /admin/version", "/kratos/, /admin//, /kratos/admin/version", "' ', ' /a/b ', /a/b/version" })
	void theBaseUrlAndThePathPrefixComeBeforeThePath(String path, String prefix, String expected) {
		try (KratosAdmin admin = KratosAdmin.builder()
			.baseUrl(this.server.url() + path)
			.pathPrefix(prefix)
			.bearerToken("token")
			.build()) {
			admin.metadata().getVersion();
		}
		assertThat(this.server.request().target()).isEqualTo(expected);
		assertThat(this.server.request().header("Authorization")).isEqualTo("Bearer token");
	}

	@ParameterizedTest
	@CsvSource({ "http://kratos:4434/admin, /admin, http://kratos:4434",
			"http://kratos:4434/admin/, /admin/, http://kratos:4434",
			"https://a.test/kratos/admin, /admin, https://a.test/kratos",
			"https://a.test/kratos/admin, /kratos/admin, https://a.test" })
	void theBaseUrlMustNotEndWithThePathPrefix(String url, String prefix, String expected) {
		String message = "which the client adds: it must be '" + expected + "', but was '";
		KratosAdminBuilder urlFirst = KratosAdmin.builder().baseUrl(url).pathPrefix(prefix);
		assertThatIllegalArgumentException().isThrownBy(urlFirst::build).withMessageContaining(message);
		KratosAdminBuilder prefixFirst = KratosAdmin.builder().pathPrefix(prefix).baseUrl(url);
		assertThatIllegalArgumentException().isThrownBy(prefixFirst::build).withMessageContaining(message);
	}

	@ParameterizedTest
	@CsvSource({ "/admin, ''", "/admin, ", "/superadmin, /admin", "/admin/v1, /admin", "'', /admin/admin" })
	void theBaseUrlMayHaveAnyOtherPath(String path, String prefix) {
		try (KratosAdmin admin = KratosAdmin.builder().baseUrl(this.server.url() + path).pathPrefix(prefix).build()) {
			assertThat(admin.metadata().getVersion().version()).isEqualTo("v0.6.3");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP://localhost:%d", "http://LOCALHOST:%d", "http://127.0.0.1:%d" })
	void theSchemeAndTheHostMayBeWrittenInAnyCase(String url) {
		try (KratosAdmin admin = KratosAdmin.builder()
			.baseUrl(url.formatted(this.server.port()))
			.pathPrefix("")
			.bearerToken("token")
			.build()) {
			admin.metadata().getVersion();
		}
		assertThat(this.server.request().header("Authorization")).isEqualTo("Bearer token");
	}

	private static boolean canBind(InetAddress address) {
		try (ServerSocket socket = new ServerSocket(0, 1, address)) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Test
	void theHostMayBeAnIpV6Address() throws Exception {
		InetAddress address = InetAddress.getByName("::1");
		assumeTrue(canBind(address), "this machine has no IPv6");
		try (TestServer server = new TestServer(address);
				KratosAdmin admin = KratosAdmin.builder()
					.baseUrl("http://[::1]:" + server.port())
					.pathPrefix("")
					.bearerToken("token")
					.build()) {
			server.respond(StubResponse.json(VERSION));
			admin.metadata().getVersion();
			assertThat(server.request().header("Host")).isEqualTo("[::1]:" + server.port());
			assertThat(server.request().header("Authorization")).isEqualTo("Bearer token");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					localhost:4434             | localhost:4434          | does not start with http:// or https://
					localhost                  | localhost               | does not start with http:// or https://
					//localhost:4434           | //localhost:4434        | does not start with http:// or https://
					''                         | ''                      | does not start with http:// or https://
					' '                        | ' '                     | does not start with http:// or https://
					lb://kratos                | lb://kratos             | does not start with http:// or https://
					ftp://localhost            | ftp://localhost         | does not start with http:// or https://
					file:///etc                | file:///etc             | does not start with http:// or https://
					http:localhost             | http:localhost          | has no host, or one with characters that a host cannot have
					http:///admin              | http:///admin           | has no host, or one with characters that a host cannot have
					http://kratos_admin:4434   | http://kratos_admin:4434 | has no host, or one with characters that a host cannot have
					http://local host          | http://local host       | is not a URL
					http://localhost/{id}      | http://localhost/{id}   | is not a URL
					http://                    | http://                 | is not a URL
					http://localhost?a=secret  | http://localhost?***    | has a query: remove it
					http://localhost?          | http://localhost?***    | has a query: remove it
					http://localhost/#secret   | http://localhost/?***   | has a fragment: remove it
					http://localhost:65536     | http://localhost:65536  | has a port that does not exist: it must be 1 to 65535
					http://localhost:0         | http://localhost:0      | has a port that does not exist: it must be 1 to 65535
					http://localhost/a/../b    | http://localhost/a/../b | has '.' or '..' in its path: write the path as it is without
					http://localhost/.         | http://localhost/.      | has '.' or '..' in its path: write the path as it is without
					http://localhost/%2E%2e/a  | http://localhost/%2E%2e/a | has '.' or '..' in its path: write the path as it is without
					http://localhost/a/..;/b   | http://localhost/a/..;/b | has '.' or '..' in its path: write the path as it is without
					http://localhost/a/..%2fb  | http://localhost/a/..%2fb | has '.' or '..' in its path: write the path as it is without
					http://localhost/a%5C..    | http://localhost/a%5C.. | has '.' or '..' in its path: write the path as it is without
					http://localhost/%252e%252e | http://localhost/%252e%252e | has '.' or '..' in its path: write the path as it is without
					http://u:secret@localhost  | http://***@localhost    | has user info: remove it, and give credentials as a bearer token, a header or credentials of the proxy
					http://secret@localhost    | http://***@localhost    | has user info: remove it, and give credentials as a bearer token, a header or credentials of the proxy
					http://u:s/secret@localhost | http://***@localhost   | has no host, or one with characters that a host cannot have
					http://u:secret@a@b        | http://***@b            | has no host, or one with characters that a host cannot have
					u:secret@localhost:4434    | ***@localhost:4434      | does not start with http:// or https://
					""")
	void anInvalidBaseUrlIsRejectedWithoutItsSecrets(String url, String shown, String problem) {
		String message = " must be a URL such as http://localhost:4434, but '" + shown + "' " + problem;
		assertThatIllegalArgumentException().isThrownBy(() -> KratosAdmin.builder().baseUrl(url))
			.withMessage("The base URL" + message)
			.withNoCause();
		assertThatIllegalArgumentException().isThrownBy(() -> KratosAdmin.builder().publicUrl(url))
			.withMessage("The public URL" + message)
			.withNoCause();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://u:sec\nret@localhost", "http://localhost?a=\nsecret",
			"http://localhost/ #\nsecret", "http://localhost\r\n/x?secret" })
	void theSecretsOfAUrlWithLineBreaksAreNotShown(String url) {
		assertThatIllegalArgumentException().isThrownBy(() -> KratosAdmin.builder().baseUrl(url))
			.withMessageNotContainingAny("sec", "ret", "\r", "\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "admin", "/ad min", "/admin?x", "/admin#x", "/{x}", "/..", "/../x", "/a/./b", "/a//b",
			"/%2e%2e", "http://localhost", "/ä", "//evil.test" })
	void anInvalidPathPrefixIsRejected(String prefix) {
		assertThatIllegalArgumentException().isThrownBy(() -> KratosAdmin.builder().pathPrefix(prefix))
			.withMessageStartingWith("The path prefix must be empty or a path such as /admin, but was '");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("durations")
	void aDurationThatIsNotPositiveIsRejected(String name, BiConsumer<KratosAdminBuilder, Duration> setter) {
		assertThatIllegalArgumentException().isThrownBy(() -> setter.accept(KratosAdmin.builder(), Duration.ZERO))
			.withMessage(name + " must be positive, at least 1 ms, but was PT0S");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> setter.accept(KratosAdmin.builder(), Duration.ofSeconds(-1)))
			.withMessage(name + " must be positive, at least 1 ms, but was PT-1S");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("durations")
	void aDurationBelowAMillisecondIsRejected(String name, BiConsumer<KratosAdminBuilder, Duration> setter) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> setter.accept(KratosAdmin.builder(), Duration.ofNanos(999_999)))
			.withMessage(name + " must be positive, at least 1 ms, but was PT0.000999999S");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("durations")
	void aDurationMayBeVeryLong(String name, BiConsumer<KratosAdminBuilder, Duration> setter) {
		KratosAdminBuilder builder = KratosAdmin.builder().baseUrl(this.server.url()).pathPrefix("");
		setter.accept(builder, Duration.ofDays(36_500));
		try (KratosAdmin admin = builder.build()) {
			assertThat(admin.metadata().getVersion().version()).isEqualTo("v0.6.3");
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("durations")
	void aDurationThatWouldOverflowIsRejected(String name, BiConsumer<KratosAdminBuilder, Duration> setter) {
		for (Duration tooLong : List.of(Duration.ofDays(36_501), Duration.ofSeconds(Long.MAX_VALUE))) {
			assertThatIllegalArgumentException().isThrownBy(() -> setter.accept(KratosAdmin.builder(), tooLong))
				.withMessage(name + " must be 36500 days at most, but was " + tooLong);
		}
	}

	@Test
	void aBackOffThatWouldOverflowIsRejected() {
		Duration second = Duration.ofSeconds(1);
		Duration tooLong = Duration.ofDays(36_501);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> KratosAdmin.builder().retryDelay(tooLong, 1, tooLong, second));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> KratosAdmin.builder().retryDelay(second, 1, tooLong, second));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> KratosAdmin.builder().retryDelay(second, Double.POSITIVE_INFINITY, second, second));
		assertThatIllegalArgumentException().isThrownBy(() -> KratosAdmin.builder().maxRetryAfter(tooLong));
	}

	@Test
	void proxyCredentialsWithAnUnresolvedPlaceholderAreRejected() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> KratosAdmin.builder().proxyCredentials("${PROXY_USER}", "secret"))
			.withMessageStartingWith("The proxy's user name contains an unresolved placeholder");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> KratosAdmin.builder().proxyCredentials("user", "secret${PROXY_PASSWORD}"))
			.withMessageStartingWith("The proxy's password contains an unresolved placeholder")
			.withMessageNotContaining("secret");
	}

	@Test
	void aProxyWithPortZeroIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> KratosAdmin.builder().proxy("http://proxy:0"))
			.withMessageContaining("has a port that does not exist");
	}

	@Test
	void aBlankNameIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> KratosAdmin.builder().name(" "))
			.withMessage("The name must not be blank");
	}

	@Test
	void aNumberOfConnectionsThatIsNotPositiveIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> KratosAdmin.builder().maxConnections(0))
			.withMessage("The number of connections must be positive, but was 0");
	}

	@Test
	@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
	void theReadTimeoutApplies() {
		this.server.respond(StubResponse.held());
		try (KratosAdmin admin = KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix("")
			.readTimeout(Duration.ofMillis(50))
			.build()) {
			assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> admin.metadata().getVersion());
		}
	}

	@Test
	void aBuildSendsNothing() {
		AtomicInteger tokens = new AtomicInteger();
		KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix("")
			.publicUrl(this.server.url())
			.bearerTokenProvider(() -> "token" + tokens.incrementAndGet())
			.build()
			.close();
		assertThat(this.server.requests()).isEmpty();
		assertThat(tokens).hasValue(0);
	}

	@Test
	void theTokenIsRequestedForEachCall() {
		AtomicInteger tokens = new AtomicInteger();
		try (KratosAdmin admin = KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix("")
			.bearerTokenProvider(() -> "token" + tokens.incrementAndGet())
			.build()) {
			admin.metadata().getVersion();
			admin.metadata().getVersion();
		}
		assertThat(this.server.requests()).extracting((request) -> request.header("Authorization"))
			.containsExactly("Bearer token1", "Bearer token2");
	}

	@Test
	void aTokenThatCannotBeSentFailsTheCall() {
		try (KratosAdmin admin = KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix("")
			.bearerTokenProvider(() -> "secret\r\nX-Evil: 1")
			.build()) {
			assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> admin.metadata().getVersion())
				.withMessageContaining("The bearer token must ")
				.withMessageNotContaining("secret")
				.matches((ex) -> !ex.isRequestSent());
		}
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void aFailureToGetATokenFailsTheCall() {
		try (KratosAdmin admin = KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix("")
			.bearerTokenProvider(() -> {
				throw new IllegalStateException("no token today");
			})
			.build()) {
			assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> admin.metadata().getVersion())
				.withMessageContaining("the bearer token provider failed with java.lang.IllegalStateException")
				.withMessageNotContaining("no token today")
				.havingRootCause()
				.withMessage("no token today");
		}
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void theMessageOfABearerTokenExceptionIsShown() {
		try (KratosAdmin admin = KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix("")
			.bearerTokenProvider(() -> {
				throw new BearerTokenException("the vault is sealed", null);
			})
			.build()) {
			assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> admin.metadata().getVersion())
				.withMessageContaining("there was no bearer token: the vault is sealed")
				.matches((ex) -> !ex.isRequestSent());
		}
	}

	@Test
	void anInvalidTokenOrHeaderIsRejectedWithoutShowingIt() {
		assertThatIllegalArgumentException().isThrownBy(() -> KratosAdmin.builder().bearerToken("secret\n"))
			.withMessageNotContaining("secret");
		assertThatIllegalArgumentException().isThrownBy(() -> KratosAdmin.builder().header("X-Api-Key", "secret\n"))
			.withMessageNotContaining("secret");
	}

	@Test
	void theLastValueOfAHeaderCountsInAnyCase() {
		try (KratosAdmin admin = KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix("")
			.header("X-Api-Key", "one")
			.header("x-api-key", "two")
			.header("X-API-KEY", "three")
			.build()) {
			admin.metadata().getVersion();
		}
		assertThat(this.server.request().header("X-Api-Key")).isEqualTo("three");
	}

	@Test
	void noExceptionShowsTheToken() {
		try (KratosAdmin admin = KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix("")
			.bearerToken("secret")
			.build()) {
			for (StubResponse response : List.of(StubResponse.json(401, "{}"), StubResponse.html(200, "<p>"),
					StubResponse.dropped(), StubResponse.redirect(302, "ftp://x"))) {
				this.server.respond(response);
				KratosException ex = catchThrowableOfType(KratosException.class, () -> admin.metadata().getVersion());
				assertThat(ex).hasStackTraceContaining("getVersion");
				assertThat(ex.toString() + ex.getCause() + ex.getError()).doesNotContain("secret");
			}
		}
		assertThat(this.server.requests())
			.allSatisfy((request) -> assertThat(request.header("Authorization")).isEqualTo("Bearer secret"));
	}

	@Test
	void aBuilderMayBuildMoreThanOnce() {
		KratosAdminBuilder builder = KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix("")
			.header("X-Api-Key", "one");
		KratosAdmin first = builder.build();
		try (KratosAdmin second = builder.header("X-Api-Key", "two").build()) {
			first.metadata().getVersion();
			first.close();
			second.metadata().getVersion();
		}
		assertThat(this.server.requests()).extracting((request) -> request.header("X-Api-Key"))
			.containsExactly("one", "two");
	}

	@Test
	void severalClientsDoNotAffectEachOther() {
		try (TestServer other = new TestServer();
				KratosAdmin one = KratosAdmin.builder()
					.baseUrl(this.server.url())
					.pathPrefix("")
					.bearerToken("one")
					.build();
				KratosAdmin two = KratosAdmin.builder().baseUrl(other.url()).pathPrefix("/admin").build()) {
			other.respond(StubResponse.json("{\"version\":\"v26.2.0\"}"));
			assertThat(one.metadata().getVersion().version()).isEqualTo("v0.6.3");
			assertThat(two.metadata().getVersion().version()).isEqualTo("v26.2.0");
			assertThat(this.server.request().header("Authorization")).isEqualTo("Bearer one");
			assertThat(other.request().header("Authorization")).isNull();
			assertThat(other.request().target()).isEqualTo("/admin/version");
		}
	}

}
