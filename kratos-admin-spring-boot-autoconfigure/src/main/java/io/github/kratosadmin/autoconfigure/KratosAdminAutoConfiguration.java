package io.github.kratosadmin.autoconfigure;

import io.github.kratosadmin.KratosAdmin;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link KratosAdmin} and its
 * APIs.
 */
@AutoConfiguration(after = SslAutoConfiguration.class)
@ConditionalOnClass(KratosAdmin.class)
@Conditional(OnKratosAdminEnabledCondition.class)
@EnableConfigurationProperties(KratosAdminProperties.class)
@Import(KratosAdminBeansRegistrar.class)
@ImportRuntimeHints(ApiProxyRuntimeHints.class)
public final class KratosAdminAutoConfiguration {

	KratosAdminAutoConfiguration() {
	}

	@Bean
	static EventListenerSearchPostProcessor kratosEventListenerSearchPostProcessor() {
		return new EventListenerSearchPostProcessor();
	}

	@Bean
	KratosAdminBuilderConfigurer kratosAdminBuilderConfigurer(KratosAdminProperties properties, Environment environment,
			ConfigurableListableBeanFactory beanFactory) {
		return new KratosAdminBuilderConfigurer(properties, environment, beanFactory);
	}

}
