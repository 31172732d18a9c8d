package io.github.kratosadmin.samples.docs;

import java.lang.reflect.Method;

import io.github.kratosadmin.error.KratosPoolExhaustedException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityApi;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.resilience.annotation.ConcurrencyLimit;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.resilience.retry.MethodRetryPredicate;

@Configuration(proxyBeanMethods = false)
@EnableResilientMethods
class Retries {

	@Bean
	RetriedAccounts retriedAccounts(IdentityApi identities) {
		return new RetriedAccounts(identities);
	}

	static class RetriedAccounts {

		private final IdentityApi identities;

		RetriedAccounts(IdentityApi identities) {
			this.identities = identities;
		}

		@Retryable(includes = { KratosUnavailableException.class, KratosServerException.class },
				excludes = KratosPoolExhaustedException.class, maxRetries = 2, delay = 100, multiplier = 2, jitter = 50)
		@ConcurrencyLimit(20)
		public Identity find(String id) {
			return this.identities.getIdentity(id);
		}

		@Retryable(includes = KratosUnavailableException.class, excludes = KratosPoolExhaustedException.class,
				predicate = NothingSent.class, maxRetries = 2, delay = 100)
		public Identity register(CreateIdentity identity) {
			return this.identities.createIdentity(identity);
		}

	}

	static class NothingSent implements MethodRetryPredicate {

		@Override
		public boolean shouldRetry(Method method, Throwable failure) {
			return failure instanceof KratosUnavailableException ex && !ex.isRequestSent();
		}

	}

}
