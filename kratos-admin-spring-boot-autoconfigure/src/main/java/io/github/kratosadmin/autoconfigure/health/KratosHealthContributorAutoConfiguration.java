package io.github.kratosadmin.autoconfigure.health;

import java.time.Duration;
import java.util.List;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.autoconfigure.InvalidKratosAdminConfigurationException;
import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import io.github.kratosadmin.health.KratosHealthIndicator;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link KratosHealthIndicator}.
 */
@AutoConfiguration(after = KratosAdminAutoConfiguration.class)
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("kratos")
public final class KratosHealthContributorAutoConfiguration {

	private static final String KRATOS_ADMIN_CONFIGURATION = "io.github.kratosadmin.autoconfigure.KratosAdminConfiguration";

	KratosHealthContributorAutoConfiguration() {
	}

	private static Duration timeout(KratosHealthIndicatorProperties properties) {
		Duration timeout = properties.getTimeout();
		if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(Duration.ofDays(36_500)) > 0) {
			throw new InvalidKratosAdminConfigurationException("kratos.admin.health.timeout",
					"The timeout must be at least 1 ms and at most 36500 days, but was " + timeout);
		}
		return timeout;
	}

	/**
	 * Uses a separate client, as the timeouts of the application's client may be long. It
	 * is neither observed nor intercepted, as each check would be a trace of its own and
	 * a line in an audit log.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(type = KRATOS_ADMIN_CONFIGURATION)
	@EnableConfigurationProperties(KratosHealthIndicatorProperties.class)
	static class SeparateClientConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = { "kratosHealthIndicator", "kratosHealthContributor" })
		KratosHealthIndicator kratosHealthContributor(KratosAdminBuilder builder,
				KratosHealthIndicatorProperties properties) {
			Duration timeout = timeout(properties);
			KratosAdmin kratos = builder.connectTimeout(timeout)
				.readTimeout(timeout)
				.callTimeout(timeout)
				.maxRetries(0)
				.observationRegistry(ObservationRegistry.NOOP)
				.interceptors(List::clear)
				.build();
			return new KratosHealthIndicator(kratos, properties.getCheck(), timeout, true);
		}

	}

	/**
	 * Uses the client of the application, as the properties may not describe its server.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(type = KRATOS_ADMIN_CONFIGURATION)
	@ConditionalOnSingleCandidate(KratosAdmin.class)
	@EnableConfigurationProperties(KratosHealthIndicatorProperties.class)
	static class ApplicationClientConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = { "kratosHealthIndicator", "kratosHealthContributor" })
		KratosHealthIndicator kratosHealthContributor(KratosAdmin kratosAdmin,
				KratosHealthIndicatorProperties properties) {
			return new KratosHealthIndicator(kratosAdmin, properties.getCheck(), timeout(properties), false);
		}

	}

}
