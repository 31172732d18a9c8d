package io.github.kratosadmin.test.autoconfigure;

import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers an {@link EmbeddedKratos} for each client, unless the test defines it.
 */
class EmbeddedKratosRegistrar implements ImportBeanDefinitionRegistrar {

	private final ClientServers servers;

	EmbeddedKratosRegistrar(BeanFactory beanFactory) {
		this.servers = new ClientServers(beanFactory);
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		checkClientsOfTheApplication();
		for (String client : this.servers.clients()) {
			if (this.servers.server(client) == null) {
				ClientServers.register(registry, "embeddedKratos", server(client), client);
			}
		}
	}

	private static RootBeanDefinition server(@Nullable String client) {
		RootBeanDefinition definition = new RootBeanDefinition(EmbeddedKratosBeans.class);
		definition.setFactoryMethodName("server");
		definition.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
		definition.setDestroyMethodName(AbstractBeanDefinition.INFER_METHOD);
		// The test can define others for named clients that are also default candidates.
		definition.setPrimary(client == null);
		return definition;
	}

	/**
	 * Refuses a client that may call a real server, unless it is marked as the one to be
	 * injected.
	 */
	private void checkClientsOfTheApplication() {
		for (String client : this.servers.unnamedClients()) {
			if (this.servers.isAutoConfigured(client) || this.servers.isPrimary(client)) {
				return;
			}
		}
		this.servers.unnamedClients().stream().findFirst().ifPresent((client) -> {
			throw new IllegalStateException("@AutoConfigureEmbeddedKratos cannot connect the KratosAdmin bean '"
					+ client + "' to the embedded Kratos, as the application builds it, maybe for a real server. "
					+ "Build it from an injected KratosAdminBuilder without another base URL, and mark it as "
					+ "@Primary. Or set defaultCandidate = false on it, and its address in the test");
		});
	}

}
