package io.github.kratosadmin.samples.quickstart;

import java.util.List;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Starts the customer service on an embedded Kratos with a few customers.
 */
class TestQuickstartApplication {

	public static void main(String[] args) {
		SpringApplication.from(QuickstartApplication::main)
			.with(EmbeddedKratosConfiguration.class)
			.withAdditionalProfiles("demo")
			.run(args);
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class EmbeddedKratosConfiguration {

		private static final List<CustomerTraits> CUSTOMERS = List.of(
				new CustomerTraits("alice@example.test", new CustomerTraits.Name("Alice", "Ådén")),
				new CustomerTraits("bob@example.test", new CustomerTraits.Name("Bob", "Baker")),
				new CustomerTraits("carol@example.test", null));

		@Bean
		EmbeddedKratos embeddedKratos() {
			return EmbeddedKratos.start();
		}

		@Bean
		ApplicationRunner customers(KratosAdmin kratos) {
			return (args) -> CUSTOMERS.forEach(
					(traits) -> kratos.identities().createIdentity(CreateIdentity.builder().traits(traits).build()));
		}

	}

}
