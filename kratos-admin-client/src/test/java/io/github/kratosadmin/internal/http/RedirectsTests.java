package io.github.kratosadmin.internal.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import feign.Request.HttpMethod;
import feign.Response;
import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosRedirectException;
import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.CredentialsType;
import io.github.kratosadmin.internal.feign.SchemaOperations;
import io.github.kratosadmin.internal.operation.Routes;
import io.github.kratosadmin.testing.Clients;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class RedirectsTests {

	private static final String IDENTITY = "{\"id\":\"x\"}";

	private static final String LEAVES = "that leaves the admin API: set the base URL to the address of the admin API itself";

	private static final CreateIdentity CREATE = CreateIdentity.builder().traits(Map.of()).build();

	@AutoClose
	private final TestServer server = new TestServer();

	@AutoClose
	private final TestServer other = new TestServer();

	@Test
	void aReadFollowsARedirectToAPrefix() {
		this.server.respond(StubResponse.redirect(307, "/admin/identities/x"), StubResponse.json(IDENTITY));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
		}
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("GET /identities/x", "GET /admin/identities/x");
		assertThat(this.server.requests())
			.allSatisfy((request) -> assertThat(request.header("Authorization")).isEqualTo("Bearer admin-token"));
	}

	@Test
	void aChangeFollowsARedirectToAPrefix() {
		this.server.respond(StubResponse.redirect(307, "/admin/identities"), StubResponse.json(201, IDENTITY));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			assertThat(admin.identities().createIdentity(CREATE).id()).isEqualTo("x");
		}
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("POST /identities", "POST /admin/identities");
		assertThat(this.server.requests()).allSatisfy((request) -> {
			assertThat(request.body()).isEqualTo("{\"traits\":{}}");
			assertThat(request.header("Content-Type")).isEqualTo("application/json");
			assertThat(request.header("Authorization")).isEqualTo("Bearer admin-token");
		});
	}

	@Test
	void noAdminHeadersAreSentToAnotherOrigin() {
		String path = "/self-service/settings/flows?id=x";
		this.server.respond(StubResponse.redirect(307, this.other.url() + path));
		this.other.respond(StubResponse.json(IDENTITY));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			assertThat(admin.selfService().getSelfServiceSettingsFlow("x", "session-token").id()).isEqualTo("x");
		}
		assertThat(this.server.request().header("Authorization")).isEqualTo("Bearer admin-token");
		assertThat(this.server.request().header("X-Session-Token")).isEqualTo("session-token");
		assertThat(this.other.request()).hasToString("GET " + path);
		assertThat(this.other.request().header("Authorization")).isNull();
		assertThat(this.other.request().header("X-Session-Token")).isEqualTo("session-token");
	}

	@Test
	void noConfiguredHeadersAreSentToAnotherOrigin() {
		this.server.respond(StubResponse.redirect(307, "/admin/schemas/x"),
				StubResponse.redirect(302, this.other.url() + "/schemas/x"));
		this.other.respond(StubResponse.json("{}"));
		try (KratosAdmin admin = KratosAdmin.builder()
			.pathPrefix("")
			.baseUrl(this.server.url())
			.header("X-Api-Key", "key")
			.bearerToken("token")
			.build()) {
			admin.schemas().getSchema("x");
		}
		assertThat(this.server.requests()).hasSize(2)
			.allSatisfy((request) -> assertThat(request.headers()).containsEntry("X-Api-Key", "key")
				.containsEntry("Authorization", "Bearer token"));
		assertThat(this.other.request().headers()).doesNotContainKeys("X-Api-Key", "Authorization");
	}

	@Test
	void noAdminHeadersAreSentOutsideThePathPrefix() {
		this.server.respond(StubResponse.redirect(307, "/self-service/login/flows?id=x"), StubResponse.json(IDENTITY));
		try (KratosAdmin admin = KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix("/admin")
			.bearerToken("token")
			.build()) {
			admin.selfService().getSelfServiceLoginFlow("x");
		}
		assertThat(this.server.requests()).extracting(Request::path)
			.containsExactly("/admin/self-service/login/flows", "/self-service/login/flows");
		assertThat(this.server.requests()).extracting((request) -> request.header("Authorization"))
			.containsExactly("Bearer token", null);
	}

	@Test
	void aChangeIsNotSentToAnotherOrigin() {
		this.server.respond(StubResponse.redirect(307, this.other.url() + "/identities"));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			assertThatExceptionOfType(KratosRedirectException.class)
				.isThrownBy(() -> admin.identities().createIdentity(CREATE))
				.withMessage("createIdentity got a response with status 307 that cannot be read: a redirect from "
						+ this.server.url() + " to " + this.other.url() + " " + LEAVES)
				.satisfies((ex) -> assertThat(ex.getStatus()).isEqualTo(307));
		}
		assertThat(this.server.requests()).hasSize(1);
		assertThat(this.other.requests()).isEmpty();
	}

	@Test
	void aChangeIsNotTurnedIntoARead() {
		this.server.respond(StubResponse.redirect(303, "/admin/identities"));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			assertThatExceptionOfType(KratosUnreadableResponseException.class)
				.isThrownBy(() -> admin.identities().createIdentity(CREATE))
				.withMessageEndingWith("that would send a change elsewhere, or twice");
		}
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void aRedirectToItselfIsNotFollowed() {
		this.server.otherwise((request) -> StubResponse.redirect(307, "/identities/x"));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			assertThatExceptionOfType(KratosUnreadableResponseException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"))
				.withMessage("getIdentity got a response with status 307 that cannot be read: a redirect from "
						+ this.server.url() + " to " + this.server.url() + " that forms a circle");
		}
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void aRedirectInACircleIsNotFollowedTwice() {
		this.server.respond(StubResponse.redirect(307, "/admin/identities/x"),
				StubResponse.redirect(307, "/identities/x"));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			assertThatExceptionOfType(KratosUnreadableResponseException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"))
				.withMessageEndingWith("that forms a circle");
		}
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void fiveRedirectsAreFollowed() {
		IntStream.rangeClosed(1, 5)
			.forEach((i) -> this.server.respond(StubResponse.redirect(307, "/" + i + "/schemas/x")));
		this.server.respond(StubResponse.json("{}"));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			assertThat(admin.schemas().getSchema("x")).hasToString("{}");
		}
		assertThat(this.server.requests()).extracting(Request::path)
			.containsExactly("/schemas/x", "/1/schemas/x", "/2/schemas/x", "/3/schemas/x", "/4/schemas/x",
					"/5/schemas/x");
	}

	@Test
	void sixRedirectsAreNotFollowed() {
		AtomicInteger count = new AtomicInteger();
		this.server.otherwise((request) -> StubResponse.redirect(307, "/" + count.incrementAndGet() + "/schemas/x"));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			assertThatExceptionOfType(KratosUnreadableResponseException.class)
				.isThrownBy(() -> admin.schemas().getSchema("x"))
				.withMessageEndingWith("after 5 others");
		}
		assertThat(this.server.requests()).hasSize(6);
	}

	@ParameterizedTest
	@CsvSource({ ", /other/app", ", /app/admin", "/admin, /other/app", "/admin, ''", "/admin, /app/admin",
			"'', /other/app", "/kratos, /admin", "/kratos, ''" })
	void nothingIsSentToAnotherApplicationOnTheServer(String prefix, String application) {
		this.server.version("v26.2.0");
		this.server.otherwise((request) -> request.path().startsWith(application + "/identities")
				? StubResponse.json(request.method().equals("POST") ? 201 : 200, IDENTITY)
				: StubResponse.redirect(307, application + request.target().replaceFirst("^/(admin|kratos)/", "/")));
		try (KratosAdmin admin = KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix(prefix)
			.bearerToken("token")
			.build()) {
			assertThatExceptionOfType(KratosUnreadableResponseException.class)
				.isThrownBy(() -> admin.identities().createIdentity(CREATE))
				.withMessageEndingWith("that leads to another path");
			assertThatExceptionOfType(KratosUnreadableResponseException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"))
				.withMessageEndingWith("that leads to another path");
		}
		assertThat(this.server.requests()).hasSize(2)
			.noneMatch((request) -> request.path().startsWith(application + "/identities"));
	}

	@Test
	void nothingIsSentOutsideThePathOfTheBaseUrl() {
		this.server.otherwise((request) -> StubResponse.redirect(307, "/admin/identities"));
		try (KratosAdmin admin = Clients.connect(this.server.url() + "/kratos")) {
			assertThatExceptionOfType(KratosUnreadableResponseException.class)
				.isThrownBy(() -> admin.identities().createIdentity(CREATE))
				.withMessageEndingWith("that leads to another path");
		}
		assertThat(this.server.request()).hasToString("POST /kratos/identities");
	}

	@Test
	void anotherPathOfTheServerGetsNoAdminHeaders() {
		this.server.respond(StubResponse.redirect(307, "/public/schemas/x"), StubResponse.json("{}"));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			assertThat(admin.schemas().getSchema("x")).hasToString("{}");
		}
		assertThat(this.server.requests()).extracting((request) -> request.header("Authorization"))
			.containsExactly("Bearer admin-token", null);
	}

	@ParameterizedTest
	@CsvSource({ "/sessions?active=true, /admin/sessions", "/sessions?active=true, /admin/sessions?active=false",
			"/sessions?active=true, /admin/sessions?active=true&page_size=1", "/sessions, /admin/sessions?active=true",
			"/sessions?a=1&b=2, /admin/sessions?a=1", "/sessions?a=b%26c, /admin/sessions?a=b&c" })
	void aRedirectToAnotherQueryIsNotFollowed(String target, String location) {
		refuse("http://a.test" + target, HttpMethod.GET, 307, location, "that leads to another query");
		refuse("http://a.test" + target, HttpMethod.DELETE, 307, location, "that leads to another query");
	}

	@Test
	void aRedirectOfADeletionMustKeepTheIdentifier() {
		this.server.version("v26.2.0");
		this.server.otherwise((request) -> request.path().startsWith("/admin/") ? StubResponse.empty(204)
				: StubResponse.redirect(307, "/admin" + request.path()));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			assertThatExceptionOfType(KratosUnreadableResponseException.class)
				.isThrownBy(
						() -> admin.identities().deleteIdentityCredentials("x", CredentialsType.OIDC, "github:4711"))
				.withMessageEndingWith("that leads to another query");
		}
		assertThat(this.server.requests()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void aReadFollowsEveryKindOfRedirect(int status) {
		assertThat(follow("http://a.test/schemas/x", HttpMethod.GET, status, "http://b.test/y/schemas/x"))
			.isEqualTo(URI.create("http://b.test/y/schemas/x"));
	}

	@ParameterizedTest
	@CsvSource({ "307,POST", "308,POST", "307,PUT", "308,PUT", "307,DELETE", "308,DELETE" })
	void aChangeFollowsARedirectThatKeepsTheMethod(int status, HttpMethod method) {
		assertThat(follow("http://a.test/x", method, status, "/admin/x"))
			.isEqualTo(URI.create("http://a.test/admin/x"));
	}

	@ParameterizedTest
	@CsvSource({ "301,POST", "302,POST", "303,POST", "301,PUT", "302,PUT", "303,PUT", "301,DELETE", "302,DELETE",
			"303,DELETE" })
	void aChangeDoesNotFollowARedirectThatWouldTurnItIntoARead(int status, HttpMethod method) {
		refuse("http://a.test/x", method, status, "/admin/x", "that would send a change elsewhere, or twice");
	}

	@ParameterizedTest
	@CsvSource({ "https://a.test/x,https://A.test:443/admin/x", "http://a.test:80/x,HTTP://a.test/admin/x" })
	void differentSpellingsOfAnOriginAreTheSame(String url, String location) {
		assertThat(follow(url, HttpMethod.POST, 307, location)).isEqualTo(URI.create(location));
	}

	@ParameterizedTest
	@CsvSource({ "http://a.test/x,http://a.test:81/y", "http://a.test/x,http://b.test/y",
			"http://a.test/x,https://a.test/y", "http://a.test/x,//b.test/y" })
	void anotherPortHostOrSchemeIsAnotherOrigin(String url, String location) {
		assertThat(refuse(url, HttpMethod.POST, 307, location, LEAVES)).isInstanceOf(KratosRedirectException.class);
	}

	@Test
	void aRedirectFromHttpsToHttpIsNotFollowed() {
		assertThat(refuse("https://a.test/schemas/x", HttpMethod.GET, 307, "http://a.test/schemas/x",
				"a redirect from https://a.test to http://a.test from https to http"))
			.isInstanceOf(KratosRedirectException.class);
		assertThat(refuse("https://a.test/identities/x", HttpMethod.GET, 307, "http://a.test/identities/x",
				"a redirect from https://a.test to http://a.test " + LEAVES))
			.isInstanceOf(KratosRedirectException.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://b.test/login", "http://user@b.test/x", "ftp://b.test/x", "http://kratos_admin/x",
			"http://b.test/x?y=z" })
	void anInvalidRedirectToAnotherOriginIsARedirectException(String location) {
		for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.POST)) {
			assertThat(refuse("http://a.test/x", method, 302, location, ""))
				.isInstanceOf(KratosRedirectException.class);
		}
		assertThat(refuse("http://a.test/schemas/x", HttpMethod.GET, 302, location, ""))
			.isInstanceOf(KratosRedirectException.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/login", "file:///x", "mailto:x@b.test" })
	void anInvalidRedirectWithinTheOriginIsUnreadable(String location) {
		assertThat(refuse("http://a.test/x", HttpMethod.GET, 302, location, ""))
			.isExactlyInstanceOf(KratosUnreadableResponseException.class);
	}

	@Test
	void aRedirectFromHttpToHttpsIsFollowed() {
		assertThat(follow("http://a.test/schemas/x", HttpMethod.GET, 307, "https://a.test/schemas/x"))
			.isEqualTo(URI.create("https://a.test/schemas/x"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://user:secret@b.test/x", "file:///etc/passwd", "ftp://b.test/x", "mailto:x@b.test",
			"javascript:alert(1)", "http://b.test:65536/x", "http:///x", "http://under_score/x" })
	void aRedirectToAnythingButAPlainUrlIsNotFollowed(String location) {
		KratosUnreadableResponseException ex = refuse("http://a.test/x", HttpMethod.GET, 307, location,
				"that is not to a plain http or https URL");
		assertThat(ex.getMessage()).doesNotContain("secret", "passwd");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://[bad", "http://b.test/a b", "%zz" })
	void aRedirectToAnInvalidUrlIsNotFollowed(String location) {
		refuse("http://a.test/x", HttpMethod.GET, 307, location, "a redirect from http://a.test without a valid URL");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://b.test", "http://b.test?x=1", "http://b.test/" })
	void aRedirectWithoutAPathIsNotFollowed(String location) {
		refuse("http://a.test/schemas/x", HttpMethod.GET, 307, location,
				"a redirect from http://a.test to http://b.test that leads to another path");
	}

	@ParameterizedTest
	@ValueSource(ints = { 300, 301, 302, 303, 305, 306, 307, 308, 399 })
	void aRedirectWithoutALocationIsNotFollowed(int status) {
		refuse("http://a.test:8080/x", HttpMethod.GET, status, null,
				"a redirect from http://a.test:8080 without a valid URL");
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 201, 204, 304, 400, 404, 500 })
	void aResponseOtherThanARedirectIsLeftOpen(int status) {
		Redirects redirects = redirects("http://a.test/x", HttpMethod.GET);
		AtomicBoolean closed = new AtomicBoolean();
		Response response = response(status, "/elsewhere", closed);
		assertThat(redirects.follow(response)).isFalse();
		assertThat(redirects.url()).isEqualTo(URI.create("http://a.test/x"));
		assertThat(closed).isFalse();
	}

	@Test
	void aRelativeRedirectIsResolvedAgainstTheLastUrl() {
		Redirects redirects = redirects("http://a.test/schemas/x", HttpMethod.GET);
		redirects.follow(response(307, "http://b.test/one/two/schemas/x", new AtomicBoolean()));
		redirects.follow(response(307, "../../three/schemas/x", new AtomicBoolean()));
		assertThat(redirects.url()).isEqualTo(URI.create("http://b.test/one/three/schemas/x"));
	}

	@ParameterizedTest
	@CsvSource({ "/identities/..%2Fsessions, /sessions", "/identities/..%2Fsessions, /identities/../sessions",
			"/identities/a%2Fsessions, /admin/identities/a/sessions", "/identities/a, /identities",
			"/identities/a, /identities/b", "/identities/a, /", "/identities/a, /login?return_to=/identities/a",
			"/identities/%252e%252e, /identities/%2e%2e" })
	void aRedirectToAnotherPathIsNotFollowed(String path, String location) {
		refuse("http://a.test" + path, HttpMethod.GET, 301, location, "that leads to another path");
		refuse("http://a.test" + path, HttpMethod.DELETE, 307, location, "that leads to another path");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/admin/../x/identities/a", "/admin/%2e%2e/x/identities/a", "/admin/%2E./x/identities/a",
			"/admin/..;/x/identities/a", "/admin/..;a=b/identities/a", "/admin/..%3Ba/identities/a",
			"/admin/..%2fx/identities/a", "/admin/x%2f../identities/a", "/admin/..%5cx/identities/a",
			"/admin/%252e%252e/x/identities/a", "/admin/%25252e%25252e/x/identities/a", "/admin/./identities/a",
			"/admin/.%2f/identities/a", "/admin/..%09/identities/a", "http://a.test/admin/../identities/a",
			"/admin/%2525252525252e/identities/a" })
	void aRedirectThatAServerMayResolveOutsideThePathPrefixIsNotFollowed(String location) {
		for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.PUT, HttpMethod.DELETE)) {
			refuse("http://a.test/identities/a", method, 307, location, "that has '.' or '..' in its path");
		}
	}

	@ParameterizedTest
	@CsvSource({ "/schemas/identity.schema.json, /admin/schemas/identity.schema.json",
			"/schemas/preset%3A%2F%2Femail, http://b.test/schemas/preset%3A%2F%2Femail",
			"/schemas/a..b, /admin/schemas/a..b", "/schemas/..., /admin/schemas/...",
			"/schemas/a%2525b, /admin/schemas/a%2525b", "/schemas/.hidden, /v1.2/schemas/.hidden",
			"/identities/by/external/a%3Bb, /admin/identities/by/external/a;b" })
	void dotsWithinANameAreAllowed(String path, String location) {
		assertThat(follow("http://a.test" + path, HttpMethod.GET, 307, location))
			.isEqualTo(URI.create("http://a.test").resolve(location));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/identities", "/identities/a", "/identities/a/sessions", "/sessions", "/sessions/a",
			"/courier/messages", "/version", "/health/ready", "/metrics/prometheus", "/identities/by/external/a" })
	void onlyPublicOperationsAreReadFromAnotherOrigin(String path) {
		for (String origin : List.of("http://b.test", "http://a.test:4433", "https://a.test")) {
			assertThat(refuse("http://a.test" + path, HttpMethod.GET, 307, origin + path, LEAVES))
				.isInstanceOf(KratosRedirectException.class);
		}
	}

	@Test
	void aSessionTokenIsNotSentToAnotherHost() {
		String path = "/self-service/settings/flows?id=x";
		this.server.respond(StubResponse.redirect(307, this.other.url().replace("127.0.0.1", "localhost") + path));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			assertThatExceptionOfType(KratosRedirectException.class)
				.isThrownBy(() -> admin.selfService().getSelfServiceSettingsFlow("x", "session-token"))
				.withMessageEndingWith(
						"that would send the session token to another host: set the public URL, if that is Kratos's public API");
		}
		assertThat(this.other.requests()).isEmpty();
	}

	@Test
	void aSettingsFlowWithoutASessionTokenIsReadFromAnotherHost() {
		String path = "/self-service/settings/flows?id=x";
		this.server.respond(StubResponse.redirect(307, this.other.url().replace("127.0.0.1", "localhost") + path));
		this.other.respond(StubResponse.json(IDENTITY));
		try (KratosAdmin admin = Clients.connect(this.server.url())) {
			assertThat(admin.selfService().getSelfServiceSettingsFlow("x", null).id()).isEqualTo("x");
		}
	}

	/** Kratos 0.8. */
	private StubResponse ofKratos08(Request request) {
		if (request.path().equals("/version")) {
			return StubResponse.json("{\"version\":\"v0.8.2-alpha.1\"}");
		}
		return request.path().startsWith("/schemas/") ? StubResponse.redirect(307, this.other.url() + request.target())
				: StubResponse.text(404, "404 page not found\n");
	}

	@Test
	void schemasAreListedAtTheTargetOfTheRedirectOfASingleSchema() {
		this.server.otherwise(this::ofKratos08);
		this.other.respond(StubResponse.json("[{\"id\":\"default\",\"schema\":{}}]"));
		try (KratosAdmin admin = KratosAdmin.builder()
			.baseUrl(this.server.url())
			.bearerToken("token")
			.maxConnections(1)
			.build()) {
			assertThat(((SchemaOperations) admin.schemas()).listIdentitySchemas(2, 0).items()).hasSize(1);
		}
		assertThat(this.other.request()).hasToString("GET /schemas?per_page=2&page=0");
		assertThat(this.other.request().header("Authorization")).isNull();
	}

	@Test
	void aMissingListOfSchemasIsNotFound() {
		this.server.otherwise(
				(request) -> request.path().startsWith("/schemas/") ? StubResponse.json("{}") : ofKratos08(request));
		try (KratosAdmin admin = KratosAdmin.builder().baseUrl(this.server.url()).maxConnections(1).build()) {
			assertThatExceptionOfType(KratosNotFoundException.class)
				.isThrownBy(() -> ((SchemaOperations) admin.schemas()).listIdentitySchemas(2, 0));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://other.test/login?return_to=/schemas/default", "http://other.test/schemas",
			"http://other.test/../schemas/default", "file:///schemas/default" })
	void schemasAreNotListedAtAnyOtherTarget(String location) {
		this.server.otherwise((request) -> request.path().startsWith("/schemas/") ? StubResponse.redirect(307, location)
				: ofKratos08(request));
		try (KratosAdmin admin = KratosAdmin.builder().baseUrl(this.server.url()).maxConnections(1).build()) {
			assertThatExceptionOfType(KratosNotFoundException.class)
				.isThrownBy(() -> ((SchemaOperations) admin.schemas()).listIdentitySchemas(2, 0));
		}
	}

	@Test
	void aSessionTokenIsSentToThePublicUrlOnly() {
		String path = "/self-service/settings/flows?id=x";
		String publicUrl = this.server.url().replace("127.0.0.1", "localhost");
		this.server.respond(StubResponse.redirect(307, this.other.url() + path));
		try (KratosAdmin admin = KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix("")
			.publicUrl(publicUrl)
			.build()) {
			assertThatExceptionOfType(KratosRedirectException.class)
				.isThrownBy(() -> admin.selfService().getSelfServiceSettingsFlow("x", "session-token"));
		}
		assertThat(this.server.request().header("X-Session-Token")).isEqualTo("session-token");
		assertThat(this.other.requests()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "/schemas/a%40b, /admin/schemas/a@b", "/schemas/a%2Fb, /admin/schemas/a%2fb",
			"/schemas/%C3%BC, http://b.test/schemas/%c3%bc" })
	void aServerMayEncodeThePathDifferently(String path, String location) {
		assertThat(follow("http://a.test" + path, HttpMethod.GET, 307, location))
			.isEqualTo(URI.create("http://a.test").resolve(location));
	}

	private static Redirects redirects(String url, HttpMethod method) {
		URI first = URI.create(url);
		Routes routes = new Routes(URI.create(first.getScheme() + "://" + first.getRawAuthority()), null);
		return new Redirects(routes, "getIdentity", first, first.getRawPath(), method);
	}

	private static URI follow(String url, HttpMethod method, int status, String location) {
		Redirects redirects = redirects(url, method);
		AtomicBoolean closed = new AtomicBoolean();
		Response response = response(status, location, closed);
		assertThat(redirects.follow(response)).isTrue();
		assertThat(closed).isTrue();
		return redirects.url();
	}

	private static KratosUnreadableResponseException refuse(String url, HttpMethod method, int status, String location,
			String problem) {
		Redirects redirects = redirects(url, method);
		AtomicBoolean closed = new AtomicBoolean();
		Response response = response(status, location, closed);
		KratosUnreadableResponseException ex = catchThrowableOfType(KratosUnreadableResponseException.class,
				() -> redirects.follow(response));
		assertThat(ex).hasMessageEndingWith(problem);
		assertThat(ex.getStatus()).isEqualTo(status);
		assertThat(closed).isTrue();
		return ex;
	}

	private static Response response(int status, String location, AtomicBoolean closed) {
		InputStream body = new ByteArrayInputStream(new byte[0]) {

			@Override
			public void close() {
				closed.set(true);
			}

		};
		return Response.builder()
			.status(status)
			.headers((location != null) ? Map.of("Location", List.of(location)) : Map.of())
			.body(body, null)
			.request(feign.Request.create(HttpMethod.GET, "http://a.test", Map.of(), null, null, null))
			.build();
	}

}
