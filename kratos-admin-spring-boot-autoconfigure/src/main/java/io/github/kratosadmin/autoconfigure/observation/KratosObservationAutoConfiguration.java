package io.github.kratosadmin.autoconfigure.observation;

import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import io.github.kratosadmin.autoconfigure.KratosAdminBuilderCustomizer;
import io.github.kratosadmin.observation.KratosAdminObservationConvention;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the observations of the client:
 * it uses the {@link ObservationRegistry} of the application, and its
 * {@link KratosAdminObservationConvention} if there is one.
 */
@AutoConfiguration(after = KratosAdminAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnBean(KratosAdminBuilder.class)
@ConditionalOnSingleCandidate(ObservationRegistry.class)
public final class KratosObservationAutoConfiguration {

	KratosObservationAutoConfiguration() {
	}

	/**
	 * Before the customizers of the application, which have no order by default, so that
	 * these can replace what it sets.
	 */
	@Bean
	@Order(0)
	@ConditionalOnMissingBean(name = "kratosObservationCustomizer")
	KratosAdminBuilderCustomizer kratosObservationCustomizer(ObservationRegistry registry,
			ObjectProvider<KratosAdminObservationConvention> convention) {
		return (builder) -> builder.observationRegistry(registry).observationConvention(convention.getIfAvailable());
	}

}
