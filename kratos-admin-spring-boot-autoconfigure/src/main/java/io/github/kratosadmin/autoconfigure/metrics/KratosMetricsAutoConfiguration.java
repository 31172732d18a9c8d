package io.github.kratosadmin.autoconfigure.metrics;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import io.github.kratosadmin.autoconfigure.KratosAdminClients;
import io.github.kratosadmin.metrics.KratosAdminMetrics;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link KratosAdminMetrics}.
 */
@AutoConfiguration(after = KratosAdminAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@Conditional(KratosMetricsAutoConfiguration.OnClients.class)
public final class KratosMetricsAutoConfiguration {

	KratosMetricsAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	KratosAdminMetrics kratosAdminMetrics(ObjectProvider<KratosAdmin> clients) {
		// Also those that are not candidates for injection, such as a second client.
		return new KratosAdminMetrics(clients.stream(ObjectProvider.UNFILTERED, false).toList());
	}

	/**
	 * Clients with a name alone are no candidates for a condition.
	 */
	static final class OnClients extends AnyNestedCondition {

		OnClients() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnBean(KratosAdminClients.class)
		static final class OfProperties {

		}

		@ConditionalOnBean(KratosAdmin.class)
		static final class OfApplication {

		}

	}

}
