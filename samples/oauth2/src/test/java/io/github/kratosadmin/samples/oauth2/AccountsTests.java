package io.github.kratosadmin.samples.oauth2;

import java.io.IOException;
import java.io.UncheckedIOException;

import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the calls of Kratos have a token, and that this adds no login to the
 * application.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class AccountsTests {

	private static final EmbeddedKratos KRATOS = EmbeddedKratos.start();

	private static final Gateway GATEWAY = gateway();

	@LocalServerPort
	private int port;

	private static Gateway gateway() {
		try {
			return new Gateway(KRATOS.adminUrl());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@DynamicPropertySource
	static void gateway(DynamicPropertyRegistry properties) {
		properties.add("gateway.client-secret", () -> "CANARY-secret");
		properties.add("kratos.admin.base-url", GATEWAY::url);
		properties.add("gateway.token-uri", () -> GATEWAY.url() + "/oauth2/token");
	}

	@AfterAll
	static void stop() {
		GATEWAY.close();
		KRATOS.close();
	}

	@Test
	void kratosIsCalledWithATokenThatIsReplacedOnceTheGatewayRefusesIt() {
		String id = create("alice@example.test");
		assertThat(state(id).getBody()).isEqualTo("active");
		assertThat(GATEWAY.issued()).isEqualTo(1);
		GATEWAY.revoke();
		assertThat(state(id).getBody()).isEqualTo("active");
		assertThat(GATEWAY.issued()).isEqualTo(2);
	}

	@Test
	void theApplicationHasNoLogin(@Autowired ApplicationContext context, CapturedOutput output) {
		ResponseEntity<String> response = state(create("bob@example.test"));
		assertThat(response.getStatusCode().value()).isEqualTo(200);
		assertThat(response.getHeaders().headerNames()).doesNotContain("Set-Cookie", "X-Frame-Options");
		assertThat(context.containsBean("springSecurityFilterChain")).isFalse();
		assertThat(output).doesNotContain("generated security password", "CANARY-secret");
	}

	private String create(String email) {
		return http().post().uri("/accounts?email={email}", email).retrieve().body(String.class);
	}

	private ResponseEntity<String> state(String id) {
		return http().get().uri("/accounts/{id}", id).retrieve().toEntity(String.class);
	}

	private RestClient http() {
		return RestClient.create("http://127.0.0.1:" + this.port);
	}

}
