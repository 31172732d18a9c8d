package io.github.kratosadmin.test.autoconfigure;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the era of {@link AutoConfigureEmbeddedKratos}.
 */
@SpringBootTest(classes = AutoConfigureEmbeddedKratosEraTests.Application.class)
@AutoConfigureEmbeddedKratos(era = KratosEra.V0_7)
class AutoConfigureEmbeddedKratosEraTests {

	@Test
	void startsConfiguredEra(@Autowired KratosAdmin client, @Autowired EmbeddedKratos kratos) {
		assertThat(kratos.era()).isEqualTo(KratosEra.V0_7);
		assertThat(client.metadata().getVersion().version()).isEqualTo("v0.7.6-alpha.1");
	}

	@Nested
	class NestedTests {

		@Test
		void speaksItToo(@Autowired EmbeddedKratos kratos) {
			assertThat(kratos.era()).isEqualTo(KratosEra.V0_7);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
