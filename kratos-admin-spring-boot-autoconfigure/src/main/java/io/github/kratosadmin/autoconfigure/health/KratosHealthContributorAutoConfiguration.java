package io.github.kratosadmin.autoconfigure.health;

import java.time.Duration;
import java.util.List;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.autoconfigure.InvalidKratosAdminConfigurationException;
import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import io.github.kratosadmin.autoconfigure.KratosAdminClients;
import io.github.kratosadmin.autoconfigure.KratosAdminProperties;
import io.github.kratosadmin.health.KratosHealthIndicator;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link KratosHealthIndicator}.
 */
@AutoConfiguration(after = KratosAdminAutoConfiguration.class)
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("kratos")
public final class KratosHealthContributorAutoConfiguration {

	KratosHealthContributorAutoConfiguration() {
	}

	private static Duration timeout(KratosAdminProperties properties) {
		Duration timeout = properties.getHealth().getTimeout();
		if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(Duration.ofDays(36_500)) > 0) {
			throw new InvalidKratosAdminConfigurationException("kratos.admin.health.timeout",
					"The timeout must be at least 1 ms and at most 36500 days, but was " + timeout);
		}
		return timeout;
	}

	/**
	 * Uses a separate client, as the timeouts of the application's client may be long. It
	 * is neither observed nor intercepted, as each check would be a trace of its own and
	 * a line in an audit log. Uses the client of the application if the properties
	 * configure none, as they may not describe its server.
	 */
	@Bean
	@ConditionalOnSingleCandidate(KratosAdmin.class)
	@ConditionalOnMissingBean(name = { "kratosHealthIndicator", "kratosHealthContributor" })
	KratosHealthIndicator kratosHealthContributor(KratosAdminClients clients, KratosAdmin kratosAdmin,
			KratosAdminProperties properties) {
		Duration timeout = timeout(properties);
		if (clients.getNames().isEmpty()) {
			return new KratosHealthIndicator(kratosAdmin, properties.getHealth().getCheck(), timeout, false);
		}
		KratosAdmin kratos = clients.createBuilder(properties.getName())
			.connectTimeout(timeout)
			.readTimeout(timeout)
			.callTimeout(timeout)
			.maxRetries(0)
			.observationRegistry(null)
			.interceptors(List::clear)
			.build();
		return new KratosHealthIndicator(kratos, properties.getHealth().getCheck(), timeout, true);
	}

}
