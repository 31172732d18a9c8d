package io.github.kratosadmin.test.autoconfigure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import io.github.kratosadmin.autoconfigure.internal.BeanQualifiers;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Finds the clients of the application and the beans for them, and registers those that
 * are missing. A bean for a client with a name has this name as its qualifier. A bean
 * without a qualifier is for the client without a name.
 */
final class ClientServers {

	private final ConfigurableListableBeanFactory beanFactory;

	ClientServers(BeanFactory beanFactory) {
		this.beanFactory = (ConfigurableListableBeanFactory) beanFactory;
	}

	/**
	 * Returns the clients, {@code null} for the one without a name. Without any client,
	 * there is one without a name, which the application can build itself.
	 */
	List<@Nullable String> clients() {
		List<@Nullable String> clients = new ArrayList<>(named());
		if (clients.isEmpty() || !unnamedClients().isEmpty()) {
			clients.add(0, null);
		}
		return clients;
	}

	/**
	 * Returns the names of the clients that the auto-configuration defines.
	 */
	private List<String> named() {
		List<String> named = new ArrayList<>();
		for (String beanName : all(KratosAdmin.class).toList()) {
			AutowireCandidateQualifier qualifier = (definition(beanName) instanceof AbstractBeanDefinition bean)
					? bean.getQualifier(Qualifier.class.getName()) : null;
			if (qualifier != null && isAutoConfigured(beanName)) {
				named
					.add((String) Objects.requireNonNull(qualifier.getAttribute(AutowireCandidateQualifier.VALUE_KEY)));
			}
		}
		return named;
	}

	/**
	 * Returns the names of the {@link KratosAdmin} beans that are injected without a
	 * qualifier.
	 */
	List<String> unnamedClients() {
		return all(KratosAdmin.class).filter(this::isCandidate).toList();
	}

	/**
	 * Whether a bean is one of the auto-configuration, and not of the application.
	 */
	boolean isAutoConfigured(String beanName) {
		BeanDefinition definition = definition(beanName);
		String beanClass = (definition != null) ? definition.getBeanClassName() : null;
		return beanClass != null
				&& ClassUtils.getPackageName(beanClass).equals(KratosAdminAutoConfiguration.class.getPackageName());
	}

	/**
	 * Whether there is a bean with the name of a client as its qualifier.
	 */
	boolean hasQualified(Class<?> type, String client) {
		return !qualified(type, client).isEmpty();
	}

	private List<String> qualified(Class<?> type, String client) {
		return all(type).filter((name) -> !ScopedProxyUtils.isScopedTarget(name) && isFor(name, client)).toList();
	}

	private List<String> unqualified(Class<?> type) {
		List<String> named = named();
		return all(type)
			.filter((name) -> isCandidate(name) && BeanQualifiers.find(name, this.beanFactory) == null
					&& !named.contains(name))
			.toList();
	}

	/**
	 * Returns the name of the server for a client, or {@code null} if there is none.
	 * @throws IllegalStateException if there are several, and not exactly one is primary
	 */
	@Nullable String server(@Nullable String client) {
		List<String> names = (client != null) ? qualified(EmbeddedKratos.class, client)
				: unqualified(EmbeddedKratos.class);
		if (names.size() > 1) {
			List<String> primary = names.stream().filter(this::isPrimary).toList();
			if (primary.size() != 1) {
				throw new IllegalStateException("There are several EmbeddedKratos beans "
						+ ((client != null) ? "with the qualifier '" + client + "'" : "without a qualifier") + ": "
						+ String.join(", ", names) + ". Define one for each client, or mark one as @Primary");
			}
			names = primary;
		}
		return names.isEmpty() ? null : names.get(0);
	}

	/**
	 * Refuses a server without a qualifier if there are only clients with names, as they
	 * would call their real servers. If one of them has a server, the other one may be
	 * for something else.
	 * @throws IllegalStateException if there is such a server
	 */
	void checkUnqualified() {
		List<@Nullable String> clients = clients();
		List<String> unqualified = unqualified(EmbeddedKratos.class);
		if (clients.contains(null) || unqualified.isEmpty()
				|| clients.stream().anyMatch((client) -> server(client) != null)) {
			return;
		}
		throw new IllegalStateException("The EmbeddedKratos bean '" + unqualified.get(0)
				+ "' is for no client, as each client has a name: "
				+ clients.stream().map((client) -> "'" + client + "'").sorted().collect(Collectors.joining(", "))
				+ ". Give it the name of a client, such as @Qualifier(\"" + clients.get(0)
				+ "\"). If it is for no client, set defaultCandidate = false on it");
	}

	/**
	 * Registers a bean for a client.
	 * @param beanName the name of the bean for the client without a name
	 */
	static void register(BeanDefinitionRegistry registry, String beanName, RootBeanDefinition definition,
			@Nullable String client) {
		if (client == null) {
			registry.registerBeanDefinition(beanName, definition);
			return;
		}
		definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, client));
		definition.setDefaultCandidate(false);
		registry.registerBeanDefinition(client + StringUtils.capitalize(beanName), definition);
	}

	private Stream<String> all(Class<?> type) {
		return Arrays.stream(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory, type, true, false));
	}

	private boolean isFor(String beanName, String client) {
		String qualifier = BeanQualifiers.find(beanName, this.beanFactory);
		return (qualifier != null) ? qualifier.equals(client)
				: BeanFactoryAnnotationUtils.isQualifierMatch(client::equals, beanName, this.beanFactory);
	}

	boolean isPrimary(String beanName) {
		BeanDefinition definition = definition(beanName);
		return definition != null && definition.isPrimary();
	}

	private boolean isCandidate(String beanName) {
		BeanDefinition definition = definition(beanName);
		return definition == null || (definition.isAutowireCandidate()
				&& !(definition instanceof AbstractBeanDefinition bean && !bean.isDefaultCandidate()));
	}

	/**
	 * Returns the definition of a bean, or {@code null} for a singleton without one.
	 */
	private @Nullable BeanDefinition definition(String beanName) {
		try {
			return this.beanFactory.getMergedBeanDefinition(beanName);
		}
		catch (NoSuchBeanDefinitionException ex) {
			return null;
		}
	}

}
