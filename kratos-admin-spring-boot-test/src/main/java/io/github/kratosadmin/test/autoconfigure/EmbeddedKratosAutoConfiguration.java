package io.github.kratosadmin.test.autoconfigure;

import java.util.Collection;

import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * Starts an {@link EmbeddedKratos} for each client; imported by
 * {@link AutoConfigureEmbeddedKratos}. Only after the clients are known, so that a server
 * does not count as the configuration of one.
 */
@AutoConfiguration(after = KratosAdminAutoConfiguration.class)
@Import(EmbeddedKratosRegistrar.class)
final class EmbeddedKratosAutoConfiguration {

	static final String PREFIX = "kratos.test.embedded";

	@Bean
	SharedEmbeddedKratos sharedEmbeddedKratos(ApplicationContext context) {
		Collection<EmbeddedKratos> servers = BeanFactoryUtils
			.beansOfTypeIncludingAncestors(context, EmbeddedKratos.class)
			.values();
		ApplicationContext parent = context.getParent();
		if (parent != null) {
			parent.getBeanProvider(SharedEmbeddedKratos.class).ifAvailable((shared) -> shared.beginContext(servers));
		}
		return new SharedEmbeddedKratos(servers, context);
	}

}
