package io.github.kratosadmin.autoconfigure.health;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.autoconfigure.InvalidKratosAdminConfigurationException;
import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import io.github.kratosadmin.autoconfigure.KratosAdminClients;
import io.github.kratosadmin.autoconfigure.KratosAdminProperties;
import io.github.kratosadmin.health.KratosCompositeHealthContributor;
import io.github.kratosadmin.health.KratosHealthIndicator;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link KratosHealthIndicator}.
 */
@AutoConfiguration(after = KratosAdminAutoConfiguration.class)
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("kratos")
public final class KratosHealthContributorAutoConfiguration {

	KratosHealthContributorAutoConfiguration() {
	}

	/**
	 * An indicator for a single client, otherwise one component for each client.
	 */
	@Bean
	@ConditionalOnBean(KratosAdminClients.class)
	@ConditionalOnMissingBean(name = { "kratosHealthIndicator", "kratosHealthContributor" })
	HealthContributor kratosHealthContributor(KratosAdminClients clients, KratosAdminProperties properties,
			Environment environment) {
		Map<String, KratosAdmin> all = clients.getAllClients();
		Map<String, KratosHealthIndicator> indicators = new LinkedHashMap<>();
		all.forEach((name, client) -> {
			String logName = (all.size() > 1) ? name : null;
			// A slash would separate the names of components.
			String component = name.replace('/', '-');
			if (indicators.containsKey(component)) {
				throw new InvalidKratosAdminConfigurationException("kratos.admin.name",
						"The health component '" + component + "' would be that of two clients");
			}
			indicators.put(component, clients.getNames().contains(name) ? separate(logName, name, clients, environment)
					: own(logName, client, properties));
		});
		return (indicators.size() == 1) ? indicators.values().iterator().next()
				: new KratosCompositeHealthContributor(indicators);
	}

	/**
	 * Uses a separate client, as the timeouts of the application's client may be long. It
	 * is neither observed nor intercepted, as each check would be a trace of its own and
	 * a line in an audit log.
	 */
	private static KratosHealthIndicator separate(@Nullable String logName, String client, KratosAdminClients clients,
			Environment environment) {
		KratosAdminProperties.Health properties = clients.getHealthProperties(client);
		String property = "kratos.admin.clients." + client + ".health.timeout";
		Duration timeout = timeout(properties, environment.containsProperty(property) ? property : null);
		KratosAdmin kratos = clients.createBuilder(client)
			.connectTimeout(timeout)
			.readTimeout(timeout)
			.callTimeout(timeout)
			.maxRetries(0)
			.observationRegistry(null)
			.interceptors(List::clear)
			.build();
		return new KratosHealthIndicator(logName, kratos, properties.getCheck(), timeout, true);
	}

	/**
	 * Uses the client of the application, as the properties may not describe its server.
	 */
	private static KratosHealthIndicator own(@Nullable String logName, KratosAdmin client,
			KratosAdminProperties properties) {
		return new KratosHealthIndicator(logName, client, properties.getHealth().getCheck(),
				timeout(properties.getHealth(), null), false);
	}

	private static Duration timeout(KratosAdminProperties.Health properties, @Nullable String property) {
		Duration timeout = properties.getTimeout();
		if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(Duration.ofDays(36_500)) > 0) {
			throw new InvalidKratosAdminConfigurationException(
					(property != null) ? property : "kratos.admin.health.timeout",
					"The timeout must be at least 1 ms and at most 36500 days, but was " + timeout);
		}
		return timeout;
	}

}
