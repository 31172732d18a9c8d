package io.github.kratosadmin.test.autoconfigure;

import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.KratosEra;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Starts an {@link EmbeddedKratos}; imported by {@link AutoConfigureEmbeddedKratos}.
 */
@AutoConfiguration
final class EmbeddedKratosAutoConfiguration {

	static final String PREFIX = "kratos.test.embedded";

	@Bean
	@ConditionalOnMissingBean
	EmbeddedKratos embeddedKratos(Environment environment) {
		KratosEra era = environment.getProperty(PREFIX + ".era", KratosEra.class, KratosEra.V26);
		return EmbeddedKratos.builder().era(era).start();
	}

	@Bean
	SharedEmbeddedKratos sharedEmbeddedKratos(EmbeddedKratos kratos, ApplicationContext context) {
		ApplicationContext parent = context.getParent();
		if (parent != null) {
			parent.getBeanProvider(SharedEmbeddedKratos.class).ifAvailable((shared) -> shared.beginContext(kratos));
		}
		return new SharedEmbeddedKratos(kratos, context);
	}

}
