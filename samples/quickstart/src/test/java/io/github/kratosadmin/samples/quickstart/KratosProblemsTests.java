package io.github.kratosadmin.samples.quickstart;

import java.time.Duration;

import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosRateLimitedException;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KratosProblems}.
 */
class KratosProblemsTests {

	@Test
	void mapsA404FromAGatewayToBadGateway() {
		ResponseEntity<ProblemDetail> response = new KratosProblems()
			.problem(new KratosNotFoundException("getIdentity", 404, KratosError.NONE));
		assertThat(response.getStatusCode()).isEqualTo(HttpStatus.BAD_GATEWAY);
	}

	@Test
	void addsTheDelayToTooManyRequests() {
		ResponseEntity<ProblemDetail> response = new KratosProblems()
			.problem(new KratosRateLimitedException("listIdentities", 429, KratosError.NONE, Duration.ofMillis(1500)));
		assertThat(response.getStatusCode()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
		assertThat(response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("2");
	}

	@Test
	void addsNoDelayIfThereIsNone() {
		ResponseEntity<ProblemDetail> response = new KratosProblems()
			.problem(new KratosRateLimitedException("listIdentities", 429, KratosError.NONE, null));
		assertThat(response.getHeaders().containsHeader(HttpHeaders.RETRY_AFTER)).isFalse();
	}

}
