package io.github.kratosadmin.samples.docs;

import io.github.kratosadmin.autoconfigure.KratosAdminBuilderCustomizer;
import io.github.kratosadmin.connection.BearerTokenProvider;
import io.github.kratosadmin.observation.DefaultKratosAdminObservationConvention;
import io.github.kratosadmin.observation.KratosAdminObservationConvention;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

@TestConfiguration(proxyBeanMethods = false)
class Customizations {

	@Bean
	BearerTokenProvider kratosToken(TokenStore tokens) {
		return tokens::current; // called for each request
	}

	@Bean
	KratosAdminBuilderCustomizer tenantHeader() {
		return (builder) -> builder.header("X-Tenant", "blue");
	}

	@Bean
	KratosAdminObservationConvention kratosConvention() {
		return new DefaultKratosAdminObservationConvention("identities.requests");
	}

	@Bean
	EmbeddedKratos embeddedKratos() {
		return EmbeddedKratos.start();
	}

	@Bean
	TokenStore tokenStore() {
		return () -> "token";
	}

	interface TokenStore {

		String current();

	}

}
