package com.example.reactive;

import java.util.Map;

import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.test.autoconfigure.AutoConfigureEmbeddedKratos;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "kratos.admin.health.timeout=1m")
@AutoConfigureWebTestClient(timeout = "1m")
@AutoConfigureEmbeddedKratos
class ReactiveTests {

	@Autowired
	private WebTestClient http;

	@Autowired
	private EmbeddedKratos kratos;

	@Autowired
	private AccountController accounts;

	@Test
	void readsARegisteredAccount() {
		Account alice = register("alice@example.test");
		this.http.get().uri("/accounts/{id}", alice.id()).exchange().expectBody(Account.class).isEqualTo(alice);
	}

	@Test
	void listsAccounts() {
		Account alice = register("alice@example.test");
		Account bob = register("bob@example.test");
		this.http.get().uri("/accounts").exchange().expectBodyList(Account.class).hasSize(2).contains(alice, bob);
	}

	@Test
	void signalsAnErrorOfKratos() {
		assertThatExceptionOfType(KratosNotFoundException.class)
			.isThrownBy(() -> this.accounts.get("12345678-9abc-4def-8123-456789abcdef").block());
	}

	@Test
	void healthShowsKratos() {
		health(HttpStatus.OK, "UP");
		this.kratos.notReady("database", "no connection");
		health(HttpStatus.SERVICE_UNAVAILABLE, "DOWN");
	}

	private Account register(String email) {
		return this.http.post()
			.uri("/accounts")
			.bodyValue(Map.of("email", email))
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody(Account.class)
			.returnResult()
			.getResponseBody();
	}

	private void health(HttpStatus status, String health) {
		this.http.get()
			.uri("/actuator/health")
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody()
			.jsonPath("$.components.kratos.status")
			.isEqualTo(health);
	}

}
