package io.github.kratosadmin.autoconfigure;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration for the {@link KratosAdmin} bean, imported by
 * {@link KratosAdminAutoConfiguration}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(KratosAdmin.class)
class KratosAdminConfiguration {

	@Bean
	KratosAdmin kratosAdmin(KratosAdminBuilder builder) {
		return builder.build();
	}

}
