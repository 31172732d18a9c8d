package io.github.kratosadmin.test.autoconfigure;

import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import io.github.kratosadmin.autoconfigure.KratosAdminConnectionDetails;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * {@link EnableAutoConfiguration Auto-configuration} that connects the application to an
 * {@link EmbeddedKratos} bean.
 */
@AutoConfiguration(after = EmbeddedKratosAutoConfiguration.class, before = KratosAdminAutoConfiguration.class)
@ConditionalOnBean(EmbeddedKratos.class)
public final class EmbeddedKratosConnectionAutoConfiguration {

	EmbeddedKratosConnectionAutoConfiguration() {
	}

	/**
	 * Primary, as the application can have its own connection details.
	 */
	@Bean
	@Primary
	KratosAdminConnectionDetails embeddedKratosConnectionDetails(EmbeddedKratos kratos) {
		return new EmbeddedKratosConnectionDetails(kratos);
	}

	private record EmbeddedKratosConnectionDetails(EmbeddedKratos kratos) implements KratosAdminConnectionDetails {

		@Override
		public String getBaseUrl() {
			return this.kratos.adminUrl().toString();
		}

		@Override
		public String getPublicUrl() {
			return this.kratos.publicUrl().toString();
		}

	}

}
