package io.github.kratosadmin.autoconfigure.oauth2;

import io.github.kratosadmin.autoconfigure.OAuth2BearerTokenProviders;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for bearer tokens from the OAuth2
 * client of Spring Security.
 */
@AutoConfiguration(afterName = {
		"org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration",
		"org.springframework.boot.security.oauth2.client.autoconfigure.reactive.ReactiveOAuth2ClientAutoConfiguration" })
@ConditionalOnClass({ ClientRegistration.class, OAuth2AccessTokenResponseClient.class })
@Import({ KratosOAuth2AutoConfiguration.RegistrationsConfiguration.class,
		KratosOAuth2AutoConfiguration.ReactiveRegistrationsConfiguration.class })
public final class KratosOAuth2AutoConfiguration {

	KratosOAuth2AutoConfiguration() {
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnSingleCandidate(ClientRegistrationRepository.class)
	@ConditionalOnMissingBean(OAuth2BearerTokenProviders.class)
	static class RegistrationsConfiguration {

		@Bean
		RegistrationTokenProviders kratosOAuth2BearerTokenProviders(ClientRegistrationRepository repository,
				ObjectProvider<OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest>> client) {
			return new RegistrationTokenProviders(repository::findByRegistrationId, repository, client);
		}

	}

	/**
	 * WebFlux applications have only reactive registrations.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Mono.class)
	@ConditionalOnSingleCandidate(ReactiveClientRegistrationRepository.class)
	@ConditionalOnMissingBean(OAuth2BearerTokenProviders.class)
	static class ReactiveRegistrationsConfiguration {

		@Bean
		RegistrationTokenProviders kratosOAuth2BearerTokenProviders(ReactiveClientRegistrationRepository repository,
				ObjectProvider<OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest>> client) {
			return new RegistrationTokenProviders((id) -> repository.findByRegistrationId(id).block(), repository,
					client);
		}

	}

}
