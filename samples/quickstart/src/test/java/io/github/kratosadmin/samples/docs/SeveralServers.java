package io.github.kratosadmin.samples.docs;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.autoconfigure.KratosAdminBuilderConfigurer;
import io.github.kratosadmin.connection.BearerTokenProvider;
import io.github.kratosadmin.samples.docs.Customizations.TokenStore;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

@TestConfiguration(proxyBeanMethods = false)
@Import({ Onboarding.class, Regions.class })
class SeveralServers {

	@Bean
	@Qualifier("staff")
	BearerTokenProvider staffToken(TokenStore tokens) {
		return tokens::current;
	}

	@Bean(defaultCandidate = false)
	KratosAdmin partnersKratos(KratosAdminBuilderConfigurer configurer) {
		return configurer.createBuilder("partners.kratos").build();
	}

	@Bean
	TokenStore tokenStore() {
		return () -> "staff-token";
	}

}
