package io.github.kratosadmin.samples.docs;

import io.github.kratosadmin.test.autoconfigure.AutoConfigureEmbeddedKratos;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.HttpStatus;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * Tests for the health endpoint as docs/configuration.md describes it.
 */
@SpringBootTest(classes = DocsApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoint.health.probes.enabled=true", "kratos.admin.health.timeout=1m" })
@AutoConfigureRestTestClient
@AutoConfigureEmbeddedKratos
class HealthTests {

	@Autowired
	private RestTestClient http;

	@Autowired
	private EmbeddedKratos kratos;

	@ParameterizedTest
	@ValueSource(strings = { "liveness", "readiness" })
	void theProbesAreUpIfKratosIsNotReady(String probe) {
		this.kratos.notReady("database", "gone");
		this.http.get().uri("/actuator/health").exchange().expectStatus().isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		this.http.get()
			.uri("/actuator/health/" + probe)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("UP");
	}

	@Test
	void theDetailsAreNotShownByDefault() {
		this.kratos.notReady("database", "gone");
		this.http.get()
			.uri("/actuator/health")
			.exchange()
			.expectBody()
			.jsonPath("$.components.kratos.status")
			.isEqualTo("DOWN")
			.jsonPath("$.components.kratos.details")
			.doesNotExist();
	}

	@Nested
	@ActiveProfiles("readiness")
	@TestPropertySource(properties = "management.endpoint.health.show-details=always")
	class ReadinessTests {

		@Test
		void theReadinessProbeFollowsKratosIfItIsIncluded() {
			readiness().expectStatus().isOk().expectBody().jsonPath("$.components.kratos.status").isEqualTo("UP");
			HealthTests.this.kratos.notReady("database", "gone");
			readiness().expectStatus()
				.isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
				.expectBody()
				.jsonPath("$.components.kratos.details.failure")
				.isEqualTo("not ready");
		}

		private RestTestClient.ResponseSpec readiness() {
			return HealthTests.this.http.get().uri("/actuator/health/readiness").exchange();
		}

	}

}
