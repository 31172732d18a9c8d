package com.example.cloud;

import io.github.kratosadmin.error.KratosPoolExhaustedException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;

import org.springframework.stereotype.Component;

/**
 * Does not call Kratos for a while after it has failed several times.
 */
@Component
class GuardedAccounts {

	private final IdentityApi identities;

	private final CircuitBreaker circuitBreaker;

	GuardedAccounts(IdentityApi identities, CircuitBreakerRegistry circuitBreakers) {
		this.identities = identities;
		CircuitBreakerConfig config = CircuitBreakerConfig.custom()
			.recordExceptions(KratosUnavailableException.class, KratosServerException.class)
			.ignoreExceptions(KratosPoolExhaustedException.class)
			.minimumNumberOfCalls(4)
			.slidingWindowSize(4)
			.build();
		this.circuitBreaker = circuitBreakers.circuitBreaker("kratos", config);
	}

	Identity find(String id) {
		return this.circuitBreaker.executeSupplier(() -> this.identities.getIdentity(id));
	}

}
