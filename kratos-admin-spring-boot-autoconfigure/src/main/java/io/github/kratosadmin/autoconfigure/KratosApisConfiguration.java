package io.github.kratosadmin.autoconfigure;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.courier.CourierApi;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.metadata.MetadataApi;
import io.github.kratosadmin.recovery.RecoveryApi;
import io.github.kratosadmin.schema.SchemaApi;
import io.github.kratosadmin.selfservice.SelfServiceApi;
import io.github.kratosadmin.session.SessionApi;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Configuration for the API beans of the {@link KratosAdmin} bean, imported by
 * {@link KratosAdminAutoConfiguration}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnSingleCandidate(KratosAdmin.class)
class KratosApisConfiguration {

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
