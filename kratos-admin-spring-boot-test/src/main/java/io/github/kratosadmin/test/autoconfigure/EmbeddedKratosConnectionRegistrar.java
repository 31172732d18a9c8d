package io.github.kratosadmin.test.autoconfigure;

import io.github.kratosadmin.autoconfigure.KratosAdminConnectionDetails;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers the connection details of each client for which there is an
 * {@link io.github.kratosadmin.test.embedded.EmbeddedKratos} bean.
 */
class EmbeddedKratosConnectionRegistrar implements ImportBeanDefinitionRegistrar {

	private final ClientServers servers;

	EmbeddedKratosConnectionRegistrar(BeanFactory beanFactory) {
		this.servers = new ClientServers(beanFactory);
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		this.servers.checkUnqualified();
		for (String client : this.servers.clients()) {
			String server = this.servers.server(client);
			if (server != null) {
				ClientServers.register(registry, "embeddedKratosConnectionDetails", connectionDetails(client, server),
						client);
			}
		}
	}

	private RootBeanDefinition connectionDetails(@Nullable String client, String server) {
		RootBeanDefinition definition = new RootBeanDefinition(EmbeddedKratosBeans.class);
		definition.setFactoryMethodName("connectionDetails");
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, new RuntimeBeanReference(server));
		// The application can have its own connection details. Otherwise a bean for a
		// client with a name must not be primary for the type.
		definition.setPrimary(client == null || this.servers.hasQualified(KratosAdminConnectionDetails.class, client));
		return definition;
	}

}
