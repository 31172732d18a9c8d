package io.github.kratosadmin.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.testing.StubKratos;
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
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests that no Actuator endpoint and no log shows a configured secret. All endpoints are
 * exposed, with the defaults of Spring Boot.
 */
@ExtendWith(OutputCaptureExtension.class)
class CanaryEndpointsTests {

	private static final List<String> CANARIES = List.of("canary-bearer", "canary-header", "canary-proxy");

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

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
