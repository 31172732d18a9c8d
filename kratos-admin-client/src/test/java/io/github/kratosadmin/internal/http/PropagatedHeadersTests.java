package io.github.kratosadmin.internal.http;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PropagatedHeadersTests {

	private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

	private static final String IDENTITY = "{\"id\":\"x\"}";

	@AutoClose
	private final TestServer server = new TestServer().otherwise((request) -> StubResponse.json(IDENTITY));

	@AutoClose
	private final TestServer other = new TestServer().otherwise((request) -> StubResponse.json(IDENTITY));

	private final Map<String, String> headers = new LinkedHashMap<>(Map.of("traceparent", TRACE));

	private final ObservationRegistry registry = ObservationRegistry.create();

	PropagatedHeadersTests() {
		this.registry.observationConfig().observationHandler(new Propagation());
	}

	@Test
	void eachRequestToTheAdminApiHasTheTrace() {
		this.server.respond(StubResponse.empty(503), StubResponse.redirect(307, "/admin/identities/x"));
		try (KratosAdmin admin = builder().maxRetries(1).build()) {
			admin.identities().getIdentity("x");
		}
		assertThat(this.server.requests()).extracting(Request::toString)
			.containsExactly("GET /identities/x", "GET /identities/x", "GET /admin/identities/x");
		assertThat(this.server.requests()).extracting((request) -> request.header("traceparent")).containsOnly(TRACE);
	}

	@Test
	void theRequestForTheVersionHasTheTrace() {
		this.server.respond(StubResponse.json("{\"version\":\"v1.3.0\"}"));
		try (KratosAdmin admin = builder().pathPrefix(null).build()) {
			admin.identities().getIdentity("x");
		}
		assertThat(this.server.requests()).hasSize(2)
			.allSatisfy((request) -> assertThat(request.header("traceparent")).isEqualTo(TRACE));
	}

	@Test
	void aRedirectToAnotherHostDoesNotGetTheTrace() {
		String path = "/self-service/settings/flows?id=x";
		this.server.respond(StubResponse.redirect(307, this.other.url() + path));
		try (KratosAdmin admin = builder().build()) {
			admin.selfService().getSelfServiceSettingsFlow("x", "session-token");
		}
		assertThat(this.server.request().header("traceparent")).isEqualTo(TRACE);
		assertThat(this.other.request()).hasToString("GET " + path);
		assertThat(this.other.request().header("traceparent")).isNull();
	}

	@Test
	void thePublicApiDoesNotGetTheTrace() {
		try (KratosAdmin admin = builder().publicUrl(this.other.url()).build()) {
			admin.schemas().getSchema("x");
		}
		assertThat(this.other.request().header("traceparent")).isNull();
		assertThat(this.server.requests()).isEmpty();
	}

	/**
	 * Kratos up to 26.2 ignores a version 00 with another flag, such as the one for
	 * random ids, which OpenTelemetry sets.
	 */
	@ParameterizedTest
	@CsvSource({ "00-, -00, -00", "00-, -01, -01", "00-, -02, -00", "00-, -03, -01", "00-, -ff, -01", "01-, -03, -03",
			"00-, -03-more, -03-more", "00-, -0x, -0x" })
	void theTraceHasOnlyTheFlagThatKratosSupports(String version, String flags, String sent) {
		String ids = "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331";
		this.headers.put("traceparent", version + ids + flags);
		try (KratosAdmin admin = builder().build()) {
			admin.identities().getIdentity("x");
		}
		assertThat(this.server.request().header("traceparent")).isEqualTo(version + ids + sent);
	}

	@ParameterizedTest
	@CsvSource({ "authorization, Bearer canary", "Cookie, a=canary", "x-session-token, canary", "content-type, canary",
			"content-length, 7", "host, canary", "connection, close", "expect, 100-continue",
			"proxy-authorization, canary", "if-match, canary", "x-http-method-override, DELETE", "a b, canary",
			"baggage, a=ü" })
	void aFieldThatIsNoHeaderOfATraceIsNotSent(String name, String value) {
		this.headers.put(name, value);
		try (KratosAdmin admin = builder().build()) {
			admin.identities().getIdentity("x");
		}
		Request request = this.server.request();
		assertThat(request.header("traceparent")).isEqualTo(TRACE);
		assertThat(request.header(name)).isNotEqualTo(value);
	}

	@Test
	void aLineBreakIsNotSent() {
		this.headers.put("baggage", "a=b\r\nX-Evil: 1");
		try (KratosAdmin admin = builder().build()) {
			admin.identities().getIdentity("x");
		}
		assertThat(this.server.request().headers()).containsKey("traceparent").doesNotContainKeys("baggage", "X-Evil");
	}

	@Test
	void aHeaderOfTheClientIsNotReplaced() {
		this.headers.put("x-tenant", "red");
		try (KratosAdmin admin = builder().header("X-Tenant", "blue").bearerToken("token").build()) {
			admin.identities().getIdentity("x");
		}
		assertThat(this.server.request().header("x-tenant")).isEqualTo("blue");
		assertThat(this.server.request().header("Authorization")).isEqualTo("Bearer token");
	}

	@Test
	void baggageIsSentButNotShown() {
		this.headers.put("baggage", "user=canary%40a.test,tenant=canary-tenant");
		this.headers.put("account", "canary-account");
		this.server.respond(StubResponse.json(500, "{\"error\":{\"code\":500,"
				+ "\"message\":\"canary@a.test canary-tenant canary-account canary%40a.test, trace " + TRACE + "\"}}"));
		try (KratosAdmin admin = builder().build()) {
			assertThatExceptionOfType(KratosServerException.class).isThrownBy(() -> admin.identities().getIdentity("x"))
				.withMessageNotContaining("canary")
				.withMessageContaining(TRACE);
		}
		assertThat(this.server.request().headers())
			.containsEntry("baggage", "user=canary%40a.test,tenant=canary-tenant")
			.containsEntry("account", "canary-account");
	}

	@Test
	void theSpanIsThatOfAClientOfKratosWithoutItsAddress() {
		Propagation propagation = new Propagation();
		this.registry.observationConfig().observationHandler(propagation);
		try (KratosAdmin admin = builder().build()) {
			admin.identities().getIdentity("x");
		}
		assertThat(propagation.context.getKind()).isEqualTo(Kind.CLIENT);
		assertThat(propagation.context.getRemoteServiceName()).isEqualTo("kratos");
		assertThat(propagation.context.getRemoteServiceAddress()).isNull();
	}

	private KratosAdminBuilder builder() {
		return KratosAdmin.builder().baseUrl(this.server.url()).pathPrefix("").observationRegistry(this.registry);
	}

	/**
	 * Sets the headers as tracing does.
	 */
	private final class Propagation implements ObservationHandler<SenderContext<Object>> {

		private SenderContext<Object> context;

		@Override
		public void onStart(SenderContext<Object> context) {
			this.context = context;
			PropagatedHeadersTests.this.headers
				.forEach((name, value) -> context.getSetter().set(context.getCarrier(), name, value));
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof SenderContext;
		}

	}

}
