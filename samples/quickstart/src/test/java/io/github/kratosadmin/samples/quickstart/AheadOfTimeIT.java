package io.github.kratosadmin.samples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the packaged customer service after ahead-of-time processing. A start on the
 * JVM does not need the runtime hints, so the metadata for a native image is tested too.
 */
class AheadOfTimeIT {

	private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

	@TempDir
	private Path directory;

	@Test
	void startsWithTheGeneratedCodeAndCallsKratos() throws Exception {
		try (EmbeddedKratos kratos = EmbeddedKratos.start()) {
			Process application = start(kratos);
			try {
				RestTestClient http = RestTestClient.bindToServer()
					.baseUrl("http://localhost:" + awaitPort(application))
					.build();
				assertThat(log()).contains("Starting AOT-processed QuickstartApplication");
				useCustomers(http);
				http.get()
					.uri("/actuator/health")
					.exchange()
					.expectBody()
					.jsonPath("$.components.kratos.status")
					.isEqualTo("UP");
				// A response does not wait long for the version.
				Awaitility.await()
					.untilAsserted(() -> http.get()
						.uri("/actuator/info")
						.exchange()
						.expectBody()
						.jsonPath("$.kratos.version")
						.isEqualTo(kratos.era().version()));
			}
			finally {
				application.destroy();
				if (!application.waitFor(10, TimeUnit.SECONDS)) {
					application.destroyForcibly().waitFor();
				}
			}
		}
	}

	private static void useCustomers(RestTestClient http) {
		Customer customer = http.post()
			.uri("/customers")
			.body(Map.of("email", "alice@example.test"))
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody(Customer.class)
			.returnResult()
			.getResponseBody();
		CustomerTraits.Name name = new CustomerTraits.Name("Alice", "Adams");
		http.put().uri("/customers/{id}/name", customer.id()).body(name).exchange().expectStatus().isOk();
		http.get()
			.uri("/customers")
			.exchange()
			.expectBody(CustomerController.CustomerPage.class)
			.value((page) -> assertThat(page.customers())
				.containsExactly(new Customer(customer.id(), "alice@example.test", name)));
		http.post().uri("/customers/{id}/recovery-link", customer.id()).exchange().expectStatus().isOk();
		http.delete().uri("/customers/{id}", customer.id()).exchange().expectStatus().isNoContent();
		http.get().uri("/customers/{id}", customer.id()).exchange().expectStatus().isEqualTo(HttpStatus.NOT_FOUND);
	}

	@Test
	void theMetadataForNativeImagesNamesTheTypesOfTheClientAndOfTheApplication() throws IOException {
		assertThat(Path.of("target/classes/META-INF/native-image/io.github.kratosadmin",
				"kratos-admin-sample-quickstart/reachability-metadata.json"))
			.content()
			.contains("\"io.github.kratosadmin.identity.IdentityApi\"",
					"\"io.github.kratosadmin.internal.feign.IdentityOperations\"",
					"\"io.github.kratosadmin.selfservice.UiNodeAttributes$Input\"",
					"\"io.github.kratosadmin.autoconfigure.KratosAdminProperties\"",
					"\"io.github.kratosadmin.samples.quickstart.CustomerTraits$Name\"", "\"leap_second_dates.csv\"");
	}

	private Process start(EmbeddedKratos kratos) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Dspring.aot.enabled=true", "-jar", System.getProperty("application.jar"), "--server.port=0",
				"--kratos.admin.base-url=" + kratos.adminUrl())
			.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("application.log").toFile())
			.start();
	}

	private int awaitPort(Process application) throws IOException {
		Awaitility.await()
			.atMost(Duration.ofMinutes(2))
			.until(() -> !application.isAlive() || STARTED.matcher(log()).find());
		Matcher started = STARTED.matcher(log());
		assertThat(started.find()).as(log()).isTrue();
		return Integer.parseInt(started.group(1));
	}

	private String log() throws IOException {
		return Files.readString(this.directory.resolve("application.log"));
	}

}
