package io.github.kratosadmin.autoconfigure;

import java.util.List;

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
		try {
			return builder.build();
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidKratosAdminConfigurationException("the base URL and the path prefix",
					List.of("kratos.admin.base-url", "kratos.admin.path-prefix"), String.valueOf(ex.getMessage()),
					"Remove the path prefix from the base URL. If the paths of the server have it twice, also set "
							+ "the path prefix to both, such as '/admin/admin'.",
					ex);
		}
	}

}
