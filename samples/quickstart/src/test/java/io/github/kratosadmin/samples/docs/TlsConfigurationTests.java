package io.github.kratosadmin.samples.docs;

import java.io.IOException;
import java.util.Set;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the properties in the TLS example of docs/configuration.md exist.
 */
class TlsConfigurationTests {

	@Test
	void hasOnlyKnownProperties() throws IOException {
		Binder binder = new Binder(ConfigurationPropertySources
			.from(new YamlPropertySourceLoader().load("tls", new ClassPathResource("application-tls.yml"))));
		NoUnboundElementsBindHandler handler = new NoUnboundElementsBindHandler(BindHandler.DEFAULT);
		SslProperties ssl = binder.bind("spring.ssl", Bindable.of(SslProperties.class), handler).get();
		assertThat(ssl.getBundle().getPem().keySet()).isEqualTo(Set.of("kratos"));
	}

}
