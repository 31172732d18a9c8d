package io.github.kratosadmin.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import io.github.kratosadmin.courier.CourierApi;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.metadata.MetadataApi;
import io.github.kratosadmin.recovery.RecoveryApi;
import io.github.kratosadmin.schema.SchemaApi;
import io.github.kratosadmin.selfservice.SelfServiceApi;
import io.github.kratosadmin.session.SessionApi;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers the beans of each client: the client, its builder and its groups of
 * operations. Those of a client below {@code kratos.admin.clients} have its name as their
 * qualifier, and are not injected without it. A bean of the application replaces the one
 * with the same type and qualifier.
 */
class KratosAdminBeansRegistrar implements ImportBeanDefinitionRegistrar {

	/** The methods of {@link KratosAdminBeans}, by the group of operations. */
	static final Map<Class<?>, String> APIS = apis();

	private final Environment environment;

	private final ConfigurableListableBeanFactory beanFactory;

	KratosAdminBeansRegistrar(Environment environment, BeanFactory beanFactory) {
		this.environment = environment;
		this.beanFactory = (ConfigurableListableBeanFactory) beanFactory;
	}

	private static Map<Class<?>, String> apis() {
		Map<Class<?>, String> apis = new LinkedHashMap<>();
		apis.put(IdentityApi.class, "identityApi");
		apis.put(SessionApi.class, "sessionApi");
		apis.put(RecoveryApi.class, "recoveryApi");
		apis.put(SchemaApi.class, "schemaApi");
		apis.put(CourierApi.class, "courierApi");
		apis.put(SelfServiceApi.class, "selfServiceApi");
		apis.put(MetadataApi.class, "metadataApi");
		return apis;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		List<String> all = ClientNames.all(this.environment);
		List<String> names = ClientNames.enabled(this.environment, all);
		ClientBeans beans = new ClientBeans(this.beanFactory, all);
		checkConnectionDetails(beans, all);
		boolean unnamed = registerUnnamed(registry, beans, all);
		for (String name : names) {
			registerNamed(registry, beans, name);
		}
		RootBeanDefinition clients = definition("clients");
		clients.getConstructorArgumentValues().addIndexedArgumentValue(2, unnamed);
		clients.getConstructorArgumentValues().addIndexedArgumentValue(3, names.toArray(new String[0]));
		register(registry, "kratosAdminClients", clients);
	}

	/**
	 * Refuses connection details for no client, as a client would keep the address of its
	 * properties, for example in a test.
	 */
	private static void checkConnectionDetails(ClientBeans beans, List<String> clients) {
		for (String bean : beans.injectable(KratosAdminConnectionDetails.class)) {
			String qualifier = beans.qualifier(bean);
			if (qualifier != null && !clients.contains(qualifier)
					&& beans.names(KratosAdmin.class, qualifier).isEmpty()) {
				throw new InvalidKratosAdminConfigurationException("the connection details '" + bean + "'", List.of(),
						"Their qualifier '" + qualifier + "' is the name of no client: the properties "
								+ (clients.isEmpty() ? "name no client" : "name " + String.join(", ", clients)),
						"Correct the qualifier, or set a property of the client, for example:\n\n    "
								+ ClientNames.prefix(qualifier) + ".enabled=true",
						null);
			}
		}
	}

	/**
	 * Registers the beans of the client without a name, unless a parent context has it.
	 * @return whether there is such a client, other than one of the application
	 */
	private boolean registerUnnamed(BeanDefinitionRegistry registry, ClientBeans beans, List<String> names) {
		UnnamedClient client = new UnnamedClient(this.environment, beans);
		boolean needed = client.isNeeded(names);
		if (needed || client.isReplaced()) {
			if (!client.hasConnectionDetails()) {
				register(registry, "kratosAdminConnectionDetails", definition("connectionDetails"));
			}
			if (beans.names(KratosAdminBuilder.class, null).isEmpty()) {
				register(registry, ClientBeanNames.builder(null), builder("builder"));
			}
		}
		if (needed) {
			register(registry, ClientBeanNames.client(null), client(beans));
		}
		if (needed || client.isReplacedBySingleCandidate()) {
			for (Map.Entry<Class<?>, String> api : APIS.entrySet()) {
				if (beans.names(api.getKey(), null).isEmpty()) {
					register(registry, ClientBeanNames.api(null, api.getKey()),
							api(api.getValue(), needed ? ClientBeanNames.client(null) : null));
				}
			}
		}
		return needed || client.isInherited();
	}

	/**
	 * The client without a name is not built by a builder with the qualifier of another
	 * one.
	 */
	private static RootBeanDefinition client(ClientBeans beans) {
		List<String> builders = beans.names(KratosAdminBuilder.class, null);
		RootBeanDefinition client = definition("client");
		if (builders.size() == 1) {
			client.getConstructorArgumentValues().addIndexedArgumentValue(0, new RuntimeBeanReference(builders.get(0)));
		}
		return client;
	}

	/**
	 * Registers the beans of a client with a name, unless a parent context has it.
	 */
	private void registerNamed(BeanDefinitionRegistry registry, ClientBeans beans, String name) {
		List<String> own = beans.names(KratosAdmin.class, name);
		String baseUrl = ClientNames.prefix(name) + ".base-url";
		if (own.size() == 1 && beans.isInherited(own.get(0), baseUrl, this.environment)) {
			return;
		}
		if (!own.isEmpty()) {
			throw new InvalidKratosAdminConfigurationException("the KratosAdmin bean '" + own.get(0) + "'", List.of(),
					"There are also properties below '" + ClientNames.prefix(name) + "' for this client",
					"Remove the bean or the properties, or give the bean another qualifier.", null);
		}
		RootBeanDefinition builder = builder("namedBuilder");
		builder.getConstructorArgumentValues().addIndexedArgumentValue(1, name);
		register(registry, ClientBeanNames.builder(name), builder, name);
		RootBeanDefinition client = definition("client");
		client.getConstructorArgumentValues()
			.addIndexedArgumentValue(0, new RuntimeBeanReference(ClientBeanNames.builder(name)));
		register(registry, ClientBeanNames.client(name), client, name);
		for (Map.Entry<Class<?>, String> api : APIS.entrySet()) {
			if (beans.names(api.getKey(), name).isEmpty()) {
				register(registry, ClientBeanNames.api(name, api.getKey()),
						api(api.getValue(), ClientBeanNames.client(name)), name);
			}
		}
	}

	private static void register(BeanDefinitionRegistry registry, String beanName, RootBeanDefinition definition,
			String qualifier) {
		definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, qualifier));
		definition.setDefaultCandidate(false);
		register(registry, beanName, definition);
	}

	/**
	 * Replaces no bean of the application that has another type or qualifier, even if it
	 * allows its beans to be overridden: it may be a client for another server.
	 */
	private static void register(BeanDefinitionRegistry registry, String beanName, RootBeanDefinition definition) {
		if (registry.containsBeanDefinition(beanName)) {
			throw new InvalidKratosAdminConfigurationException("the bean '" + beanName + "'", List.of(),
					"The application has another bean with this name", "Give your bean another name.", null);
		}
		registry.registerBeanDefinition(beanName, definition);
	}

	private static RootBeanDefinition builder(String method) {
		RootBeanDefinition definition = definition(method);
		definition.setScope(BeanDefinition.SCOPE_PROTOTYPE);
		return definition;
	}

	/**
	 * Creates the definition of a group of operations.
	 * @param method the method of {@link KratosAdminBeans}
	 * @param client the bean of the client, or {@code null} for the one of the
	 * application
	 */
	private static RootBeanDefinition api(String method, @Nullable String client) {
		RootBeanDefinition definition = definition(method);
		definition.setLazyInit(true);
		if (client != null) {
			definition.getConstructorArgumentValues().addIndexedArgumentValue(0, new RuntimeBeanReference(client));
		}
		return definition;
	}

	private static RootBeanDefinition definition(String method) {
		RootBeanDefinition definition = new RootBeanDefinition(KratosAdminBeans.class);
		definition.setFactoryMethodName(method);
		definition.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
		definition.setDestroyMethodName(AbstractBeanDefinition.INFER_METHOD);
		return definition;
	}

}
