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
 * groups of operations.
 */
@AutoConfiguration(after = SslAutoConfiguration.class)
@Conditional(OnEnabledCondition.class)
@EnableConfigurationProperties(KratosAdminProperties.class)
@ImportRuntimeHints(GroupRuntimeHints.class)
public final class KratosAdminAutoConfiguration {

	private final SslBundleTls tls;

	KratosAdminAutoConfiguration(ObjectProvider<SslBundles> sslBundles) {
		this.tls = new SslBundleTls(sslBundles);
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
	 * The first one, as the condition of the groups asks for what is in it.
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
	static class GroupsConfiguration {

		@Bean
		@Lazy
		@ConditionalOnMissingBean
		IdentityApi kratosIdentityApi(KratosAdmin kratosAdmin) {
			return Group.of(IdentityApi.class, kratosAdmin, KratosAdmin::identities);
		}

		@Bean
		@Lazy
		@ConditionalOnMissingBean
		SessionApi kratosSessionApi(KratosAdmin kratosAdmin) {
			return Group.of(SessionApi.class, kratosAdmin, KratosAdmin::sessions);
		}

		@Bean
		@Lazy
		@ConditionalOnMissingBean
		RecoveryApi kratosRecoveryApi(KratosAdmin kratosAdmin) {
			return Group.of(RecoveryApi.class, kratosAdmin, KratosAdmin::recovery);
		}

		@Bean
		@Lazy
		@ConditionalOnMissingBean
		SchemaApi kratosSchemaApi(KratosAdmin kratosAdmin) {
			return Group.of(SchemaApi.class, kratosAdmin, KratosAdmin::schemas);
		}

		@Bean
		@Lazy
		@ConditionalOnMissingBean
		CourierApi kratosCourierApi(KratosAdmin kratosAdmin) {
			return Group.of(CourierApi.class, kratosAdmin, KratosAdmin::courier);
		}

		@Bean
		@Lazy
		@ConditionalOnMissingBean
		SelfServiceApi kratosSelfServiceApi(KratosAdmin kratosAdmin) {
			return Group.of(SelfServiceApi.class, kratosAdmin, KratosAdmin::selfService);
		}

		@Bean
		@Lazy
		@ConditionalOnMissingBean
		MetadataApi kratosMetadataApi(KratosAdmin kratosAdmin) {
			return Group.of(MetadataApi.class, kratosAdmin, KratosAdmin::metadata);
		}

	}

}
