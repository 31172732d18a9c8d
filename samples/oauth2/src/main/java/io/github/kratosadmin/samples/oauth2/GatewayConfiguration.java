package io.github.kratosadmin.samples.oauth2;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

	@Bean
	ClientRegistrationRepository clientRegistrations(@Value("${gateway.token-uri}") String tokenUri,
			@Value("${gateway.client-secret}") String clientSecret) {
		return new InMemoryClientRegistrationRepository(ClientRegistration.withRegistrationId("gateway")
			.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
			.clientId("accounts")
			.clientSecret(clientSecret)
			.tokenUri(tokenUri)
			.build());
	}

}
