package io.github.kratosadmin.test.autoconfigure;

import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * {@link EnableAutoConfiguration Auto-configuration} that connects the clients of the
 * application to {@link EmbeddedKratos} beans: one without a qualifier for the client
 * without a name, and one with the name of a client as its qualifier for this client.
 */
@AutoConfiguration(after = { EmbeddedKratosAutoConfiguration.class, KratosAdminAutoConfiguration.class })
@Import(EmbeddedKratosConnectionRegistrar.class)
public final class EmbeddedKratosConnectionAutoConfiguration {

	EmbeddedKratosConnectionAutoConfiguration() {
	}

}
