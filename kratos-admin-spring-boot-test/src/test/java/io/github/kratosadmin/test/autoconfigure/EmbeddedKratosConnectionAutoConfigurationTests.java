package io.github.kratosadmin.test.autoconfigure;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import io.github.kratosadmin.autoconfigure.KratosAdminConnectionDetails;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@link EmbeddedKratosConnectionAutoConfiguration}.
 */
class EmbeddedKratosConnectionAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(KratosAdminAutoConfiguration.class, EmbeddedKratosConnectionAutoConfiguration.class));

	@Test
	void connectsToAnEmbeddedKratosOfTheTest() {
		this.contextRunner.withBean(EmbeddedKratos.class, EmbeddedKratos::start).run((context) -> {
			assertThat(context).hasSingleBean(KratosAdminConnectionDetails.class);
			assertThat(context.getBean(KratosAdmin.class).metadata().isReady().ready()).isTrue();
		});
	}

	@Test
	void readsSchemasWhereTheyAre() {
		this.contextRunner.withBean(EmbeddedKratos.class, EmbeddedKratos::start).run((context) -> {
			assertThat(context.getBean(KratosAdmin.class).schemas().getSchema("default").has("properties")).isTrue();
			assertThat(context.getBean(EmbeddedKratos.class).requests()).extracting("path")
				.containsExactly("/schemas/default");
		});
	}

	@Test
	void isNotThereWithoutOne() {
		this.contextRunner.run((context) -> assertThat(context.getBean(KratosAdminConnectionDetails.class).getBaseUrl())
			.isEqualTo("http://localhost:4434"));
	}

	@Test
	void theServerStopsWithTheContext() {
		EmbeddedKratos kratos = EmbeddedKratos.start();
		this.contextRunner.withBean(EmbeddedKratos.class, () -> kratos)
			.run((context) -> assertThat(context).hasNotFailed());
		try (KratosAdmin client = KratosAdmin.builder().baseUrl(kratos.adminUrl().toString()).build()) {
			assertThatException().isThrownBy(() -> client.metadata().isAlive());
		}
	}

}
