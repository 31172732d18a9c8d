package io.github.kratosadmin.autoconfigure;

import java.util.List;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.connection.BearerTokenProvider;
import io.github.kratosadmin.interceptor.KratosAdminInterceptor;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Scope;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link KratosAdmin} and its
 * APIs.
 */
@AutoConfiguration(after = SslAutoConfiguration.class)
@ConditionalOnClass(KratosAdmin.class)
@Conditional(OnKratosAdminEnabledCondition.class)
@EnableConfigurationProperties(KratosAdminProperties.class)
@Import({ KratosAdminConfiguration.class, KratosApisConfiguration.class })
@ImportRuntimeHints(ApiProxyRuntimeHints.class)
public final class KratosAdminAutoConfiguration {

	private final SslBundleTlsSettings tls;

	KratosAdminAutoConfiguration(ObjectProvider<SslBundles> sslBundles) {
		this.tls = new SslBundleTlsSettings(sslBundles);
	}

	@Bean
	static EventListenerSearchPostProcessor kratosEventListenerSearchPostProcessor() {
		return new EventListenerSearchPostProcessor();
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
			KratosAdminConnectionDetails connectionDetails, ObjectProvider<BearerTokenProvider> bearerTokenProvider,
			ObjectProvider<KratosAdminInterceptor> interceptors,
			ObjectProvider<KratosAdminBuilderCustomizer> customizers) {
		KratosAdminConfigurer configurer = new KratosAdminConfigurer(properties, connectionDetails, this.tls);
		KratosAdminBuilder builder = configurer.configure(ifAvailable(bearerTokenProvider));
		interceptors.orderedStream().forEach(builder::interceptor);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		configurer.checkPathPrefix(builder);
		return builder;
	}

	/**
	 * Names the beans if there are several. The failure analyzer of Spring Boot would
	 * name the injection point of the client instead.
	 */
	private static @Nullable BearerTokenProvider ifAvailable(ObjectProvider<BearerTokenProvider> bearerTokenProvider) {
		try {
			return bearerTokenProvider.getIfAvailable();
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw new InvalidKratosAdminConfigurationException("the BearerTokenProvider beans", List.of(),
					String.valueOf(ex.getMessage()),
					"Define a single BearerTokenProvider bean, mark one of the beans as @Primary, or set "
							+ "defaultCandidate = false on the others.",
					null);
		}
	}

}
