package io.github.kratosadmin.autoconfigure;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.testing.StubKratos;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.BaggageInScope;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.exporter.FinishedSpan;
import io.micrometer.tracing.exporter.SpanReporter;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests that no Actuator endpoint, no span and no log shows a configured secret or the
 * values of a call. All endpoints are exposed, with the defaults of Spring Boot.
 */
@ExtendWith(OutputCaptureExtension.class)
class CanaryEndpointsTests {

	private static final List<String> CANARIES = List.of("canary-bearer", "canary-header", "canary-proxy");

	/** Values of calls and of their caller. */
	private static final List<String> PERSONAL = List.of("canary-id", "canary-identifier", "canary-trait",
			"canary-password", "canary-session", "canary-baggage");

	private static final String TRACING = "org.springframework.boot.micrometer.tracing.";

	@AutoClose
	private final StubKratos kratos = new StubKratos();

	private final HttpClient http = HttpClient.newHttpClient();

	@AfterEach
	void restoreLogLevel() {
		LoggingSystem.get(getClass().getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
	}

	private ConfigurableApplicationContext start(String... more) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setDefaultProperties(Map.of("server.port", "0", "kratos.admin.base-url", this.kratos.url(),
				"kratos.admin.bearer-token", "canary-bearer", "kratos.admin.headers.X-Api-Key", "canary-header",
				"management.endpoints.web.exposure.include", "*", "management.endpoint.health.show-details", "always",
				"management.endpoint.health.show-components", "always", "spring.main.banner-mode", "off"));
		return application.run(more);
	}

	@Test
	void noEndpointShowsASecret() throws Exception {
		try (ConfigurableApplicationContext context = start()) {
			context.getBean(KratosAdmin.class).identities().getIdentity("1");
			Map<String, String> endpoints = endpoints(context);
			assertThat(endpoints.keySet().toString()).contains("/health", "/info", "/env", "/configprops", "/beans",
					"/metrics", "/conditions", "/loggers", "/mappings");
			assertThat(endpoints.toString()).contains("kratos.admin.bearer-token", "kratosAdmin");
			endpoints.forEach((url, body) -> assertThat(body).as(url).doesNotContain(CANARIES));
			assertThat(get(context, "/actuator/env/kratos.admin.bearer-token")).contains("******")
				.doesNotContain(CANARIES);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "brave.autoconfigure.BraveAutoConfiguration",
			"opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration" })
	void noEndpointAndNoSpanShowsTheValuesOfACall(String otherTracing, CapturedOutput output) throws Exception {
		this.kratos.respond("/version", 200, "{\"version\":\"v26.2.0\"}");
		this.kratos.respond("/identities/canary-id", 404,
				"{\"error\":{\"code\":404,\"id\":\"canary-id\",\"message\":\"canary-id canary-baggage\"}}");
		this.kratos.respond("/self-service/settings/flows", 500, "canary-id canary-session canary-bearer");
		try (ConfigurableApplicationContext context = start("--spring.autoconfigure.exclude=" + TRACING + otherTracing,
				"--management.info.kratos.enabled=true", "--management.tracing.sampling.probability=1",
				"--management.tracing.baggage.remote-fields=tenant",
				"--management.opentelemetry.tracing.export.schedule-delay=10ms",
				"--logging.level.io.github.kratosadmin.KratosAdmin=trace")) {
			callWithPersonalValues(context);
			String spans = Awaitility.await()
				.until(context.getBean(SpanTexts.class)::text,
						(text) -> text.contains("kratos getSelfServiceSettingsFlow"));
			assertThat(this.kratos.requests()).extracting((request) -> request.path() + request.headers().entrySet())
				.anyMatch((request) -> request.contains("canary-identifier") && request.contains("canary-baggage"));
			assertThat(spans).contains("kratos getIdentity", "KratosNotFoundException", "outcome=SERVER_ERROR")
				.doesNotContain(CANARIES)
				.doesNotContain(PERSONAL);
			Map<String, String> endpoints = endpoints(context);
			assertThat(endpoints.get("metrics kratos.admin.requests")).contains("getIdentity", "CLIENT_ERROR", "other");
			assertThat(get(context, "/actuator/prometheus")).contains("kratos_admin_requests_seconds_count");
			endpoints
				.forEach((url, body) -> assertThat(body).as(url).doesNotContain(CANARIES).doesNotContain(PERSONAL));
		}
		assertThat(output).contains("getIdentity CLIENT_ERROR 404").doesNotContain(CANARIES).doesNotContain(PERSONAL);
	}

	private static void callWithPersonalValues(ConfigurableApplicationContext context) {
		KratosAdmin admin = context.getBean(KratosAdmin.class);
		CreateIdentity create = CreateIdentity.builder()
			.traits(Map.of("email", "canary-trait"))
			.credentials(ImportCredentials.builder().password("canary-password").build())
			.build();
		List<ThrowingCallable> calls = List.of(() -> admin.identities().getIdentity("canary-id"),
				() -> admin.identities().findByCredentialsIdentifier("canary-identifier"),
				() -> admin.identities().createIdentity(create),
				() -> admin.selfService().getSelfServiceSettingsFlow("canary-id", "canary-session"));
		Observation.createNotStarted("application", context.getBean(ObservationRegistry.class)).observe(() -> {
			try (BaggageInScope baggage = context.getBean(Tracer.class)
				.createBaggageInScope("tenant", "canary-baggage")) {
				assertThat(calls).allSatisfy((call) -> assertThat(catchThrowable(call)).isNotNull());
			}
		});
	}

	@Test
	void noEndpointShowsThePasswordOfAProxy() throws Exception {
		try (ConfigurableApplicationContext context = start("--kratos.admin.proxy.url=http://localhost:1",
				"--kratos.admin.proxy.username=shown", "--kratos.admin.proxy.password=canary-proxy")) {
			Map<String, String> endpoints = endpoints(context);
			assertThat(endpoints.toString()).contains("kratos.admin.proxy.password");
			endpoints.forEach((url, body) -> assertThat(body).as(url).doesNotContain(CANARIES));
		}
	}

	/**
	 * The properties of this starter follow {@code show-values}: see docs/reliability.md.
	 * Other endpoints do not show the values even then.
	 */
	@Test
	void onlyEndpointsWithShowValuesShowSecrets() throws Exception {
		try (ConfigurableApplicationContext context = start("--management.endpoint.env.show-values=always",
				"--management.endpoint.configprops.show-values=always")) {
			Map<String, String> endpoints = endpoints(context);
			endpoints.forEach((url, body) -> {
				if (url.endsWith("/env") || url.endsWith("/configprops")) {
					assertThat(body).as(url).contains("canary-bearer", "canary-header");
				}
				else {
					assertThat(body).as(url).doesNotContain(CANARIES);
				}
			});
		}
	}

	@Test
	void logsNoSecretFromStartToShutdown(CapturedOutput output) throws Exception {
		this.kratos.respond("/health/ready", 503, "{\"error\":{\"code\":500,\"message\":\"shown\"}}");
		try (ConfigurableApplicationContext context = start("--logging.level.root=TRACE",
				"--logging.level.org.apache.hc.client5.http.wire=INFO",
				"--logging.level.org.apache.hc.client5.http.headers=INFO", "--kratos.admin.health.timeout=1m")) {
			context.getBean(KratosAdmin.class).identities().getIdentity("1");
			get(context, "/actuator/health");
		}
		assertThat(output).contains("TRACE", "Kratos is not ready: shown", "executing GET /identities/1")
			.doesNotContain(CANARIES);
	}

	@ParameterizedTest
	@ValueSource(strings = { "--kratos.admin.bearer-token=canary-bearer with a blank",
			"--kratos.admin.headers.X-Api-Key=canary-header\r\nX-Evil: 1", "--kratos.admin.headers.Host=canary-header",
			"--kratos.admin.base-url=http://u:canary-bearer@localhost:1",
			"--kratos.admin.public-url=http://u:canary-bearer@localhost:1",
			"--kratos.admin.proxy.url=http://u:canary-proxy@localhost:1" })
	void logsNoSecretOfAnInvalidValue(String argument, CapturedOutput output) {
		assertThat(catchThrowable(() -> start(argument).close())).isNotNull();
		assertThat(output).contains("APPLICATION FAILED TO START", "kratos.admin.").doesNotContain(CANARIES);
	}

	@Test
	void healthShowsNoSecretWhenKratosIsDown() throws Exception {
		this.kratos.respond("/health/ready", 503, "{\"error\":{\"code\":500,\"message\":\"password=canary-header\"}}");
		try (ConfigurableApplicationContext context = start()) {
			assertThat(get(context, "/actuator/health")).contains("\"kratos\"").doesNotContain(CANARIES);
		}
	}

	@Test
	void exceptionForAUrlWithASecretDoesNotShowTheSecret() {
		for (String property : List.of("base-url", "public-url")) {
			Throwable failure = catchThrowable(
					() -> start("--kratos.admin." + property + "=http://user:canary-bearer@localhost:4434").close());
			assertThat(failure).hasStackTraceContaining("kratos.admin." + property);
			for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
				assertThat(cause.toString()).doesNotContain(CANARIES);
			}
		}
	}

	/**
	 * Returns the responses of all endpoints in the index, by URL.
	 */
	private Map<String, String> endpoints(ConfigurableApplicationContext context) throws Exception {
		Map<String, String> bodies = new LinkedHashMap<>();
		Queue<String> urls = new ArrayDeque<>();
		JsonNode links = JsonMapper.shared().readTree(get(context, "/actuator")).path("_links");
		links.forEach((link) -> urls.add(link.path("href").asString()));
		for (String url : urls) {
			// Templates need a value. Dumps are slow and show memory, not configuration.
			if (!url.contains("{") && !url.endsWith("/heapdump") && !url.endsWith("/threaddump")) {
				bodies.put(url, send(URI.create(url)));
			}
		}
		JsonNode metrics = JsonMapper.shared().readTree(get(context, "/actuator/metrics")).path("names");
		for (JsonNode name : metrics) {
			bodies.put("metrics " + name.asString(), get(context, "/actuator/metrics/" + name.asString()));
		}
		return bodies;
	}

	private String get(ConfigurableApplicationContext context, String path) throws Exception {
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		return send(URI.create("http://localhost:" + port + path));
	}

	private String send(URI url) throws Exception {
		return this.http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString()).body();
	}

	/**
	 * Everything that finished spans have.
	 */
	static class SpanTexts implements SpanReporter {

		private final Queue<String> texts = new ConcurrentLinkedQueue<>();

		@Override
		public void report(FinishedSpan span) {
			StringWriter error = new StringWriter();
			if (span.getError() != null) {
				span.getError().printStackTrace(new PrintWriter(error));
			}
			this.texts.add(List.of(span, span.getName(), span.getTags(), span.getEvents(), error) + "\n");
		}

		String text() {
			return String.join("", this.texts);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		SpanTexts spanTexts() {
			return new SpanTexts();
		}

	}

}
