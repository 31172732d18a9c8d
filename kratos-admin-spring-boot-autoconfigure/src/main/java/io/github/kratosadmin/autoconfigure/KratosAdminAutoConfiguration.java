package io.github.kratosadmin.autoconfigure;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.connection.BearerTokenProvider;
import io.github.kratosadmin.courier.CourierApi;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.metadata.MetadataApi;
import io.github.kratosadmin.recovery.RecoveryApi;
import io.github.kratosadmin.schema.SchemaApi;
import io.github.kratosadmin.selfservice.SelfServiceApi;
import io.github.kratosadmin.session.SessionApi;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link KratosAdmin} and its
 * APIs.
 */
@AutoConfiguration(after = SslAutoConfiguration.class)
@Conditional(OnKratosAdminEnabledCondition.class)
@EnableConfigurationProperties(KratosAdminProperties.class)
@ImportRuntimeHints(ApiProxyRuntimeHints.class)
public final class KratosAdminAutoConfiguration {

	private final SslBundleTlsSettings tls;

	KratosAdminAutoConfiguration(ObjectProvider<SslBundles> sslBundles) {
		this.tls = new SslBundleTlsSettings(sslBundles);
	}

	@Bean
	@ConditionalOnMissingBean(KratosAdminConnectionDetails.class)
	PropertiesKratosAdminConnectionDetails kratosAdminConnectionDetails(KratosAdminProperties properties) {
		return new PropertiesKratosAdminConnectionDetails(properties);
	}

	@Bean
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	@ConditionalOnMissingBean
	KratosAdminBuilder kratosAdminBuilder(KratosAdminProperties properties,
			KratosAdminConnectionDetails connectionDetails, @Nullable BearerTokenProvider bearerTokenProvider,
			ObjectProvider<KratosAdminBuilderCustomizer> customizers) {
		KratosAdminBuilder builder = new KratosAdminConfigurer(properties, connectionDetails, this.tls)
			.configure(bearerTokenProvider);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder;
	}

	/**
	 * Processed first, as {@link ApisConfiguration} is conditional on its bean.
	 */
	@Order(Ordered.HIGHEST_PRECEDENCE)
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(KratosAdmin.class)
	static class KratosAdminConfiguration {

		@Bean
		KratosAdmin kratosAdmin(KratosAdminBuilder builder) {
			return builder.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnSingleCandidate(KratosAdmin.class)
	static class ApisConfiguration {

		@Bean
		@Lazy
		@ConditionalOnMissingBean
		IdentityApi kratosIdentityApi(KratosAdmin kratosAdmin) {
			return ApiProxy.of(IdentityApi.class, kratosAdmin, KratosAdmin::identities);
		}

		@Bean
		@Lazy
		@ConditionalOnMissingBean
		SessionApi kratosSessionApi(KratosAdmin kratosAdmin) {
			return ApiProxy.of(SessionApi.class, kratosAdmin, KratosAdmin::sessions);
		}

		@Bean
		@Lazy
		@ConditionalOnMissingBean
		RecoveryApi kratosRecoveryApi(KratosAdmin kratosAdmin) {
			return ApiProxy.of(RecoveryApi.class, kratosAdmin, KratosAdmin::recovery);
		}

		@Bean
		@Lazy
		@ConditionalOnMissingBean
		SchemaApi kratosSchemaApi(KratosAdmin kratosAdmin) {
			return ApiProxy.of(SchemaApi.class, kratosAdmin, KratosAdmin::schemas);
		}

		@Bean
		@Lazy
		@ConditionalOnMissingBean
		CourierApi kratosCourierApi(KratosAdmin kratosAdmin) {
			return ApiProxy.of(CourierApi.class, kratosAdmin, KratosAdmin::courier);
		}

		@Bean
		@Lazy
		@ConditionalOnMissingBean
		SelfServiceApi kratosSelfServiceApi(KratosAdmin kratosAdmin) {
			return ApiProxy.of(SelfServiceApi.class, kratosAdmin, KratosAdmin::selfService);
		}

		@Bean
		@Lazy
		@ConditionalOnMissingBean
		MetadataApi kratosMetadataApi(KratosAdmin kratosAdmin) {
			return ApiProxy.of(MetadataApi.class, kratosAdmin, KratosAdmin::metadata);
		}

	}

}
