package io.github.kratosadmin.test.autoconfigure;

import java.util.List;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.autoconfigure.KratosAdminConnectionDetails;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AutoConfigureEmbeddedKratos}.
 */
@SpringBootTest(classes = AutoConfigureEmbeddedKratosTests.Application.class,
		properties = "kratos.admin.base-url=http://localhost:1")
@AutoConfigureEmbeddedKratos
class AutoConfigureEmbeddedKratosTests {

	@Autowired
	private KratosAdmin client;

	@Autowired
	private EmbeddedKratos kratos;

	@Test
	void connectsApplicationToEmbeddedKratos() {
		Identity identity = create(this.client);
		assertThat(list(this.client)).extracting(Identity::id).containsExactly(identity.id());
		assertThat(this.kratos.requests()).extracting("path").contains("/admin/identities");
	}

	@Test
	void resetsBeforeEachTest() {
		assertThat(this.kratos.requests()).extracting("path").doesNotContain("/admin/identities");
		assertThat(list(this.client)).isEmpty();
		create(this.client);
	}

	@Test
	void resetsBeforeEachTestInAnyOrder() {
		assertThat(this.kratos.requests()).extracting("path").doesNotContain("/admin/identities");
		assertThat(list(this.client)).isEmpty();
		create(this.client);
	}

	@Test
	void reportsHealthOfEmbeddedKratos(@Autowired HealthIndicator kratosHealthContributor) {
		// The health check does not wait for the version.
		Awaitility.await()
			.untilAsserted(() -> assertThat(kratosHealthContributor.health())
				.isEqualTo(Health.up().withDetail("version", "v26.2.0").build()));
	}

	@Nested
	class NestedTests {

		@Test
		void resetsBeforeEachTest(@Autowired KratosAdmin client) {
			assertThat(list(client)).isEmpty();
			create(client);
		}

		@Test
		void resetsBeforeEachTestInAnyOrder(@Autowired KratosAdmin client) {
			assertThat(list(client)).isEmpty();
			create(client);
		}

	}

	private static Identity create(KratosAdmin client) {
		return client.identities()
			.createIdentity(CreateIdentity.builder().traits(Map.of("email", "alice@example.test")).build());
	}

	private static List<Identity> list(KratosAdmin client) {
		return client.identities().listIdentities(ListIdentities.builder().build()).items();
	}

	/**
	 * An application with its own connection details, as in production.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		KratosAdminConnectionDetails productionKratos() {
			return () -> "http://localhost:2";
		}

	}

}
