package com.example.accounts;

import java.util.Map;

import io.github.kratosadmin.test.autoconfigure.AutoConfigureEmbeddedKratos;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "kratos.admin.health.timeout=1m")
@AutoConfigureRestTestClient
@AutoConfigureEmbeddedKratos
class AccountsTests {

	@Autowired
	private RestTestClient http;

	@Autowired
	private EmbeddedKratos kratos;

	@Test
	void findsARegisteredAccount() {
		Account alice = register("alice@example.test");
		register("bob@example.test");
		Account found = this.http.get()
			.uri("/accounts?email=alice@example.test")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(Account.class)
			.returnResult()
			.getResponseBody();
		assertThat(found).isEqualTo(alice);
	}

	@Test
	void findsNoUnknownAccount() {
		this.http.get().uri("/accounts?email=alice@example.test").exchange().expectStatus().isNotFound();
	}

	@Test
	void listsAccounts() {
		Account alice = register("alice@example.test");
		Account bob = register("bob@example.test");
		Account[] accounts = this.http.get()
			.uri("/accounts")
			.exchange()
			.expectBody(Account[].class)
			.returnResult()
			.getResponseBody();
		assertThat(accounts).containsExactlyInAnyOrder(alice, bob);
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
			.body(Map.of("email", email, "password", "correct horse battery staple"))
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
