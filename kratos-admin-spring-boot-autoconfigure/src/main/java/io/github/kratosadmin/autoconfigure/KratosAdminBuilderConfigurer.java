package io.github.kratosadmin.autoconfigure;

import java.util.List;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.connection.BearerTokenProvider;
import io.github.kratosadmin.interceptor.KratosAdminInterceptor;
import io.github.kratosadmin.observation.KratosAdminObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;

/**
 * Creates a {@link KratosAdminBuilder} from properties, as the auto-configuration does
 * for the clients below {@code kratos.admin}. Use it to build a client from properties
 * with a prefix of your own. The auto-configuration provides a bean of this type:
 * <pre><code class="java">
 * &#064;Bean(defaultCandidate = false)
 * KratosAdmin partnersKratos(KratosAdminBuilderConfigurer configurer) {
 *     return configurer.createBuilder("partners.kratos").build();
 * }
 * </code></pre>
 */
public final class KratosAdminBuilderConfigurer {

	private static final String PREFIX = "kratos.admin";

	private final KratosAdminProperties properties;

	private final Environment environment;

	private final ConfigurableListableBeanFactory beanFactory;

	private final ClientBeans beans;

	private final SslBundleTlsSettings tls;

	private final ClientExecutors executors;

	KratosAdminBuilderConfigurer(KratosAdminProperties properties, Environment environment,
			ConfigurableListableBeanFactory beanFactory) {
		this.properties = properties;
		this.environment = environment;
		this.beanFactory = beanFactory;
		this.beans = new ClientBeans(beanFactory, ClientNames.all(environment));
		this.tls = new SslBundleTlsSettings(beanFactory.getBeanProvider(SslBundles.class));
		this.executors = new ClientExecutors(beanFactory, environment);
	}

	/**
	 * Creates a builder with the properties below a prefix, which have the names and
	 * defaults of those below {@code kratos.admin}, but inherit no values from there. Set
	 * {@code name} to distinguish the client. {@code enabled} and {@code health} have no
	 * effect. Also applies the observation registry, its convention and the interceptors
	 * of the application that have no qualifier, but no customizers, connection details
	 * and token providers.
	 * @param prefix the prefix, such as {@code partners.kratos}; the property
	 * {@code base-url} below it is required
	 * @return a new builder
	 * @throws InvalidKratosAdminConfigurationException if a property is not valid
	 */
	public KratosAdminBuilder createBuilder(String prefix) {
		Binder binder = Binder.get(this.environment);
		KratosAdminProperties properties = binder.bindOrCreate(prefix, Bindable.of(KratosAdminProperties.class));
		requireBaseUrl(binder, prefix);
		KratosAdminBuilder builder = KratosAdmin.builder();
		applier(prefix, properties, new PropertiesKratosAdminConnectionDetails(properties)).apply(builder, null);
		observe(builder, null);
		return builder;
	}

	/**
	 * Creates the builder of the client without a name.
	 */
	KratosAdminBuilder createUnnamedBuilder() {
		KratosAdminConnectionDetails details = this.beans.single(KratosAdminConnectionDetails.class, null);
		if (details == null) {
			details = new PropertiesKratosAdminConnectionDetails(this.properties);
		}
		return createBuilder(null, applier(PREFIX, this.properties, details));
	}

	/**
	 * Creates the builder of a client below {@code kratos.admin.clients}.
	 */
	KratosAdminBuilder createNamedBuilder(String name) {
		KratosAdminProperties properties = properties(name);
		KratosAdminConnectionDetails details = this.beans.single(KratosAdminConnectionDetails.class, name);
		if (details == null) {
			requireBaseUrl(Binder.get(this.environment), ClientNames.prefix(name));
			details = new PropertiesKratosAdminConnectionDetails(properties);
		}
		return createBuilder(name, applier(ClientNames.prefix(name), properties, details));
	}

	/**
	 * Returns the properties of a client below {@code kratos.admin.clients}. It inherits
	 * those of {@code kratos.admin}, but not its connection.
	 */
	KratosAdminProperties properties(String name) {
		Binder binder = Binder.get(this.environment);
		KratosAdminProperties properties = binder.bindOrCreate(PREFIX, Bindable.of(KratosAdminProperties.class));
		properties.resetConnection();
		properties.setName(name);
		return ClientNames.binder(this.environment, name)
			.bind(ClientNames.prefix(name), Bindable.ofInstance(properties))
			.orElse(properties);
	}

	private PropertiesApplier applier(String prefix, KratosAdminProperties properties,
			KratosAdminConnectionDetails details) {
		return new PropertiesApplier(prefix + ".", this.environment, properties, details, this.tls, this.executors,
				this.beanFactory.getBeanProvider(OAuth2BearerTokenProviders.class));
	}

	private KratosAdminBuilder createBuilder(@Nullable String client, PropertiesApplier properties) {
		KratosAdminBuilder builder = KratosAdmin.builder();
		properties.apply(builder, this.beans.single(BearerTokenProvider.class, client));
		observe(builder, client);
		for (KratosAdminBuilderCustomizer customizer : this.beans.ordered(KratosAdminBuilderCustomizer.class, client)) {
			customizer.customize(builder);
		}
		properties.checkPathPrefix(builder);
		return builder;
	}

	/**
	 * Adds what sees the calls of all clients if it has no qualifier, so that no client
	 * is missing in an audit log.
	 */
	private void observe(KratosAdminBuilder builder, @Nullable String client) {
		ObservationRegistry registry = (client != null) ? this.beans.single(ObservationRegistry.class, client) : null;
		if (registry == null) {
			registry = this.beans.unique(ObservationRegistry.class);
		}
		if (registry != null) {
			builder.observationRegistry(registry);
		}
		KratosAdminObservationConvention convention = this.beans.single(KratosAdminObservationConvention.class, client);
		if (convention == null && client != null) {
			convention = this.beans.single(KratosAdminObservationConvention.class, null);
		}
		builder.observationConvention(convention);
		for (KratosAdminInterceptor interceptor : this.beans.orderedWithUnqualified(KratosAdminInterceptor.class,
				client)) {
			builder.interceptor(interceptor);
		}
	}

	private static void requireBaseUrl(Binder binder, String prefix) {
		String property = prefix + ".base-url";
		if (!binder.bind(property, String.class).isBound()) {
			throw new InvalidKratosAdminConfigurationException("the property '" + property + "'", List.of(),
					"The client has no base URL",
					"Set the property, for example:\n\n    " + property + "=http://localhost:4434", null);
		}
	}

}
