package com.example.cloud;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosRateLimitedException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the circuit breaker in docs/errors.md.
 */
class GuardedAccountsTests {

	private static final String ID = "12345678-9abc-4def-8123-456789abcdef";

	private final EmbeddedKratos kratos = EmbeddedKratos.start();

	private final CircuitBreakerRegistry circuitBreakers = CircuitBreakerRegistry.ofDefaults();

	private KratosAdmin client;

	private GuardedAccounts accounts;

	@BeforeEach
	void start() {
		this.client = client(0);
	}

	private KratosAdmin client(int retries) {
		KratosAdmin client = KratosAdmin.builder()
			.baseUrl(this.kratos.adminUrl().toString())
			.pathPrefix("/admin")
			.maxRetries(retries)
			.build();
		this.accounts = new GuardedAccounts(client.identities(), this.circuitBreakers);
		return client;
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.kratos.close();
	}

	@Test
	void serverErrorsOpenIt() {
		this.kratos.failNext(4, 503);
		for (int i = 0; i < 4; i++) {
			assertThatExceptionOfType(KratosServerException.class).isThrownBy(() -> this.accounts.find(ID));
		}
		assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(() -> this.accounts.find(ID));
		assertThat(this.kratos.requests()).hasSize(4);
	}

	@Test
	void aServerWithoutAResponseOpensIt() {
		this.kratos.close();
		for (int i = 0; i < 4; i++) {
			assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> this.accounts.find(ID));
		}
		assertThat(state()).isEqualTo(CircuitBreaker.State.OPEN);
	}

	@Test
	void aRefusedCallDoesNotOpenIt() {
		for (int i = 0; i < 8; i++) {
			assertThatExceptionOfType(KratosNotFoundException.class).isThrownBy(() -> this.accounts.find(ID));
		}
		assertThat(state()).isEqualTo(CircuitBreaker.State.CLOSED);
	}

	@Test
	void aLimitedRateDoesNotOpenIt() {
		this.kratos.failNext(8, 429);
		for (int i = 0; i < 8; i++) {
			assertThatExceptionOfType(KratosRateLimitedException.class).isThrownBy(() -> this.accounts.find(ID));
		}
		assertThat(state()).isEqualTo(CircuitBreaker.State.CLOSED);
	}

	@Test
	void aCallThatTheClientRetriesCountsOnce() {
		this.client.close();
		this.client = client(1);
		this.kratos.failNext(4, 503);
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(KratosServerException.class).isThrownBy(() -> this.accounts.find(ID));
		}
		assertThat(this.kratos.requests()).hasSize(4);
		assertThat(this.circuitBreakers.circuitBreaker("kratos").getMetrics().getNumberOfFailedCalls()).isEqualTo(2);
		assertThat(state()).isEqualTo(CircuitBreaker.State.CLOSED);
	}

	private CircuitBreaker.State state() {
		return this.circuitBreakers.circuitBreaker("kratos").getState();
	}

}
