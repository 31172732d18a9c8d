package io.github.kratosadmin.test.embedded;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the recovery links of an {@link EmbeddedKratos}.
 */
class RecoveryLinksTests {

	private final MutableClock clock = new MutableClock();

	private final EmbeddedKratos kratos = EmbeddedKratos.builder()
		.era(KratosEra.V0_6)
		.clock(this.clock)
		.publicUrl(URI.create("https://login.example.test/kratos"))
		.recoveryLinkLifespan(Duration.ofMinutes(30))
		.start();

	private final AdminClient client = new AdminClient(this.kratos.adminUrl());

	@AfterEach
	void close() {
		this.kratos.close();
	}

	@Test
	void expiresAfterRequestedLifespan() {
		assertThat(create("1h30m").at("/expires_at").asString()).isEqualTo("2026-11-23T15:51:54.123456789Z");
	}

	@Test
	void expiresAfterConfiguredLifespanByDefault() {
		assertThat(create("").at("/expires_at").asString()).isEqualTo("2026-11-23T14:51:54.123456789Z");
	}

	@Test
	void createsBrowserFlowThatExpiresWithLink() {
		String link = create("1m").at("/recovery_link").asString();
		assertThat(link)
			.matches("https://login\\.example\\.test/kratos/self-service/recovery\\?flow=[0-9a-f-]{36}&token=\\w{32}");
		String flow = "/self-service/recovery/flows?id=" + link.replaceAll(".*flow=([0-9a-f-]+)&.*", "$1");
		AdminClient.Response response = this.client.get(flow);
		assertThat(response.at("/type").asString()).isEqualTo("browser");
		assertThat(response.at("/request_url").asString()).isEqualTo(this.kratos.adminUrl() + "/recovery/link");
		this.clock.advance(Duration.ofSeconds(61));
		assertThat(this.client.get(flow).status()).isEqualTo(410);
	}

	@Test
	void requiresRecoveryAddress() {
		this.kratos.addSchema("free", "{\"properties\":{\"traits\":{\"properties\":{\"x\":{}}}}}");
		String id = this.client.post("/identities", "{\"schema_id\":\"free\",\"traits\":{}}").at("/id").asString();
		AdminClient.Response response = this.client.post("/recovery/link", "{\"identity_id\":\"" + id + "\"}");
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.at("/error/reason").asString())
			.isEqualTo("The identity does not have any recovery addresses set.");
	}

	@Test
	void ignoresUnknownFields() {
		String id = this.client.createIdentity("a@example.test");
		assertThat(this.client.post("/recovery/link", "{\"identity_id\":\"" + id + "\",\"colour\":\"red\"}").status())
			.isEqualTo(200);
	}

	@Test
	void refusesMalformedId() {
		AdminClient.Response response = this.client.post("/recovery/link", "{\"identity_id\":\"nope\"}");
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.at("/error/reason").asString())
			.isEqualTo("Unable to decode JSON payload: uuid: incorrect UUID length: nope");
	}

	@Test
	void requiresBody() {
		AdminClient.Response response = this.client.send("POST", "/recovery/link", null);
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.at("/error/reason").asString()).contains("Content-Length");
	}

	@Test
	void requiresJson() {
		AdminClient.Response response = this.client.send("POST", "/recovery/link", "{}",
				Map.of("Content-Type", "text/plain"));
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.at("/error/reason").asString()).contains("Content-Type: text/plain");
	}

	private AdminClient.Response create(String expiresIn) {
		String id = this.client.createIdentity("a@example.test");
		return this.client.post("/recovery/link",
				"{\"identity_id\":\"" + id + "\",\"expires_in\":\"" + expiresIn + "\"}");
	}

}
