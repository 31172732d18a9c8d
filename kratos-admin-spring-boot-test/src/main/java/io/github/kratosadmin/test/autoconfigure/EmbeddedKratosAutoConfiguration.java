package io.github.kratosadmin.test.autoconfigure;

import io.github.kratosadmin.test.embedded.EmbeddedKratos;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Starts an {@link EmbeddedKratos}; imported by {@link AutoConfigureEmbeddedKratos}.
 */
@AutoConfiguration
final class EmbeddedKratosAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	EmbeddedKratos embeddedKratos() {
		return EmbeddedKratos.start();
	}

}
