package io.github.kratosadmin.samples.quickstart;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.test.autoconfigure.AutoConfigureEmbeddedKratos;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the endpoints of Spring Boot Actuator show about Kratos.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
@AutoConfigureEmbeddedKratos
class ActuatorTests {

	@Autowired
	private RestTestClient http;

	@Autowired
	private KratosAdmin client;

	@BeforeEach
	void listCustomers() {
		this.http.get().uri("/customers").exchange().expectStatus().isOk();
	}

	@Test
	void showsCallsAtTheMetricsEndpoint() {
		this.http.get()
			.uri("/actuator/metrics/kratos.admin.requests?tag=operation:listIdentities&tag=outcome:SUCCESS")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.baseUnit")
			.isEqualTo("seconds")
			.jsonPath("$.measurements[0].statistic")
			.isEqualTo("COUNT")
			.jsonPath("$.measurements[0].value")
			.<Double>value((count) -> assertThat(count).isPositive());
	}

	@Test
	void showsCallsAndConnectionsAtThePrometheusEndpoint() {
		String metrics = this.http.get()
			.uri("/actuator/prometheus")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(metrics.lines())
			.anyMatch((line) -> line.startsWith("kratos_admin_requests_seconds_bucket{")
					&& line.contains("operation=\"listIdentities\""))
			.anyMatch((line) -> line.startsWith("kratos_admin_requests_active_seconds_count{"))
			.contains("kratos_admin_connections_max{client_name=\"kratos\"} 50.0");
	}

	@Test
	void showsTheVersionOfKratosAtTheInfoEndpoint() {
		// The endpoint does not wait long for the version.
		Awaitility.await()
			.untilAsserted(() -> this.http.get()
				.uri("/actuator/info")
				.exchange()
				.expectBody()
				.jsonPath("$.kratos.version")
				.isEqualTo(this.client.metadata().getVersion().version()));
	}

}
