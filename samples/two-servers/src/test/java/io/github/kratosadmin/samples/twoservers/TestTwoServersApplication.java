package io.github.kratosadmin.samples.twoservers;

import io.github.kratosadmin.test.embedded.EmbeddedKratos;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Starts the service on two embedded Kratos servers.
 */
class TestTwoServersApplication {

	public static void main(String[] args) {
		SpringApplication.from(TwoServersApplication::main).with(TwoEmbeddedKratosConfiguration.class).run(args);
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class TwoEmbeddedKratosConfiguration {

		@Bean
		@Qualifier("customers")
		EmbeddedKratos customersKratos() {
			return EmbeddedKratos.start();
		}

		@Bean
		@Qualifier("staff")
		EmbeddedKratos staffKratos() {
			return EmbeddedKratos.start();
		}

	}

}
