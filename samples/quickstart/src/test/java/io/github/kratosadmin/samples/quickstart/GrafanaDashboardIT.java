package io.github.kratosadmin.samples.quickstart;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.test.autoconfigure.AutoConfigureEmbeddedKratos;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for the Grafana dashboard, {@code docs/grafana/kratos-admin.json}: a Prometheus
 * server scrapes the customer service, and each query of the dashboard must return data.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "kratos.admin.retry.max-retries=1")
@AutoConfigureEmbeddedKratos
class GrafanaDashboardIT {

	private static final Path DASHBOARD = Path.of("../../docs/grafana/kratos-admin.json");

	private static final Pattern LISTENING = Pattern.compile("msg=\"Listening on\" address=127\\.0\\.0\\.1:(\\d+)");

	@Autowired
	private KratosAdmin client;

	@Autowired
	private EmbeddedKratos kratos;

	@LocalServerPort
	private int port;

	@TempDir
	private Path directory;

	private Process prometheus;

	@BeforeEach
	void startPrometheus() throws IOException {
		List<Path> programs = Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.map((folder) -> Path.of(folder, "prometheus"))
			.filter(Files::isExecutable)
			.toList();
		assumeThat(programs)
			.as("The dashboard is not tested, as there is no prometheus on the PATH. "
					+ "On Debian, install the package prometheus")
			.isNotEmpty();
		Path configuration = Files.writeString(this.directory.resolve("prometheus.yml"), """
				global:
				  scrape_interval: 1s
				scrape_configs:
				  - job_name: quickstart
				    metrics_path: /actuator/prometheus
				    static_configs:
				      - targets: ["localhost:%d"]
				""".formatted(this.port));
		this.prometheus = new ProcessBuilder(programs.get(0).toString(), "--config.file=" + configuration,
				"--storage.tsdb.path=" + this.directory.resolve("data"), "--web.listen-address=127.0.0.1:0")
			.redirectErrorStream(true)
			.redirectOutput(log().toFile())
			.start();
	}

	@AfterEach
	void stopPrometheus() throws InterruptedException {
		if (this.prometheus != null) {
			this.prometheus.destroy();
			if (!this.prometheus.waitFor(20, TimeUnit.SECONDS)) {
				this.prometheus.destroyForcibly().waitFor();
			}
		}
	}

	@Test
	void eachQueryReturnsData() throws IOException {
		List<String> queries = queries();
		assertThat(queries).hasSizeGreaterThan(10);
		RestTestClient http = RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + awaitPrometheus()).build();
		Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
			// A rate needs calls between two scrapes.
			callKratos();
			assertThat(queries).allSatisfy((query) -> assertThat(values(http, query)).isNotEmpty()
				.allSatisfy((value) -> assertThat(Double.parseDouble(value)).isFinite()));
		});
	}

	/**
	 * Makes calls that succeed, are retried and fail, and an import.
	 */
	private void callKratos() {
		this.kratos.failNext(1, 503);
		this.client.identities().streamIdentities().limit(1).toList();
		assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> this.client.identities().getIdentity("00000000-0000-4000-8000-000000000000"));
		this.kratos.failNext(2, 500);
		assertThatExceptionOfType(KratosServerException.class)
			.isThrownBy(() -> this.client.identities().getIdentity("00000000-0000-4000-8000-000000000000"));
		this.kratos.reset();
		CreateIdentity alice = CreateIdentity.builder().traits(Map.of("email", "alice@example.test")).build();
		this.client.importIdentities(Stream.of(alice, alice), (result) -> {
		});
	}

	private static List<String> queries() throws IOException {
		JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(DASHBOARD));
		return dashboard.path("panels")
			.valueStream()
			.flatMap((panel) -> panel.path("targets").valueStream())
			.map((target) -> target.path("expr").asString())
			.toList();
	}

	private static List<String> values(RestTestClient http, String query) {
		// Grafana replaces the variables.
		String replaced = query.replace("$__rate_interval", "1m").replace("$job", ".*").replace("$client", ".*");
		assertThat(replaced).doesNotContain("$");
		JsonNode response = http.get()
			.uri((uri) -> uri.path("/api/v1/query").queryParam("query", "{query}").build(replaced))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(JsonNode.class)
			.returnResult()
			.getResponseBody();
		return response.at("/data/result")
			.valueStream()
			.map((series) -> series.path("value").path(1).asString())
			.toList();
	}

	private int awaitPrometheus() throws IOException {
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> !this.prometheus.isAlive() || LISTENING.matcher(Files.readString(log())).find());
		Matcher listening = LISTENING.matcher(Files.readString(log()));
		assertThat(listening.find()).as(Files.readString(log())).isTrue();
		return Integer.parseInt(listening.group(1));
	}

	private Path log() {
		return this.directory.resolve("prometheus.log");
	}

}
