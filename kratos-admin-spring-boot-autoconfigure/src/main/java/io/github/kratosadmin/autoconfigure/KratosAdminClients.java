package io.github.kratosadmin.autoconfigure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.support.ScopeNotActiveException;

/**
 * Finds clients of the properties by their name: those below
 * {@code kratos.admin.clients}, and the one without a name by its
 * {@code kratos.admin.name}. Use it if the name is known only at run time, such as the
 * region of a user. Otherwise inject the client with a qualifier. The auto-configuration
 * provides a bean of this type.
 */
public final class KratosAdminClients {

	private final ListableBeanFactory beanFactory;

	/** The client below {@code kratos.admin.clients}, or null, by name. */
	private final Map<String, @Nullable String> clients = new LinkedHashMap<>();

	/**
	 * Creates an instance.
	 * @param beanFactory has the beans of the clients
	 * @param unnamed the name of the client without a name, or {@code null} if there is
	 * no such client
	 * @param named the names of the clients below {@code kratos.admin.clients}
	 * @throws InvalidKratosAdminConfigurationException if two clients have one name
	 */
	KratosAdminClients(ListableBeanFactory beanFactory, @Nullable String unnamed, String... named) {
		this.beanFactory = beanFactory;
		if (unnamed != null) {
			this.clients.put(unnamed, null);
		}
		for (String name : named) {
			if (this.clients.containsKey(name)) {
				throw new InvalidKratosAdminConfigurationException("kratos.admin.name",
						"The client below 'kratos.admin' has the name '" + name
								+ "', as has a client below 'kratos.admin.clients'");
			}
			this.clients.put(name, name);
		}
	}

	/**
	 * Returns the names of the clients.
	 * @return the names, that of the client without a name first
	 */
	public Set<String> getNames() {
		return Collections.unmodifiableSet(this.clients.keySet());
	}

	/**
	 * Returns a client. It is closed with the application.
	 * @param name the name of the client
	 * @return the client
	 * @throws IllegalArgumentException if there is no client with this name
	 */
	public KratosAdmin getClient(String name) {
		return this.beanFactory.getBean(ClientBeanNames.client(named(name)), KratosAdmin.class);
	}

	/**
	 * Creates a builder with the configuration of a client, for a variant of this client.
	 * @param name the name of the client
	 * @return the builder
	 * @throws IllegalArgumentException if there is no client with this name
	 */
	public KratosAdminBuilder createBuilder(String name) {
		String builder = ClientBeanNames.builder(named(name));
		// Without a name, the builder can be one of the application.
		return this.beanFactory.containsBean(builder) ? this.beanFactory.getBean(builder, KratosAdminBuilder.class)
				: this.beanFactory.getBean(KratosAdminBuilder.class);
	}

	/**
	 * Returns all clients of the application: those that the properties configure, by
	 * name, and every other bean of the type {@link KratosAdmin}, by bean name. If a
	 * client of the properties has this name, {@code -bean} is added. Prototypes, and
	 * beans in a scope that is not active, such as that of a request, are left out.
	 * @return the clients, those that the properties configure first
	 */
	public Map<String, KratosAdmin> getAllClients() {
		Map<String, KratosAdmin> all = new LinkedHashMap<>();
		Map<String, KratosAdmin> beans = BeanFactoryUtils.beansOfTypeIncludingAncestors(this.beanFactory,
				KratosAdmin.class, false, true);
		this.clients.forEach((name, client) -> {
			all.put(name, getClient(name));
			beans.remove(ClientBeanNames.client(client));
		});
		beans.forEach((name, bean) -> {
			if (isReachable(name)) {
				all.put(this.clients.containsKey(name) ? name + "-bean" : name, bean);
			}
		});
		return all;
	}

	/**
	 * Whether a bean has no other scope than that of the application, or this scope is
	 * active.
	 */
	private boolean isReachable(String beanName) {
		String target = ScopedProxyUtils.getTargetBeanName(beanName);
		if (!this.beanFactory.containsBean(target)) {
			return true;
		}
		try {
			this.beanFactory.getBean(target);
			return true;
		}
		catch (ScopeNotActiveException | IllegalStateException ex) {
			return false;
		}
	}

	/**
	 * Returns the properties of the health check of a client.
	 * @param name the name of the client
	 * @return the properties
	 * @throws IllegalArgumentException if there is no client with this name
	 */
	public KratosAdminProperties.Health getHealthProperties(String name) {
		String client = named(name);
		KratosAdminProperties properties = (client != null)
				? this.beanFactory.getBean(KratosAdminBuilderConfigurer.class).properties(client)
				: this.beanFactory.getBean(KratosAdminProperties.class);
		return properties.getHealth();
	}

	private @Nullable String named(String name) {
		if (!this.clients.containsKey(name)) {
			throw new IllegalArgumentException(
					"There is no client '" + name + "', only " + String.join(", ", this.clients.keySet()));
		}
		return this.clients.get(name);
	}

}
