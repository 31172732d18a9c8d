package io.github.kratosadmin.autoconfigure.metrics;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import io.github.kratosadmin.metrics.KratosAdminMetrics;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link KratosAdminMetrics}.
 */
@AutoConfiguration(after = KratosAdminAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ KratosAdmin.class, MeterRegistry.class })
public final class KratosMetricsAutoConfiguration {

	KratosMetricsAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	KratosAdminMetrics kratosAdminMetrics(ObjectProvider<KratosAdmin> clients) {
		// Also those that are not candidates for injection, such as a second client.
		return new KratosAdminMetrics(clients.stream(ObjectProvider.UNFILTERED, false).toList());
	}

}
