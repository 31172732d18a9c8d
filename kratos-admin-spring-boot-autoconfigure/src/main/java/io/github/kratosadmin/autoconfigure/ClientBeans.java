package io.github.kratosadmin.autoconfigure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import io.github.kratosadmin.autoconfigure.internal.BeanQualifiers;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.core.env.Environment;

/**
 * Finds the beans for a client: those with the name of the client as their qualifier or
 * their own name, as for an injection with this qualifier. Beans without a qualifier are
 * for the client without a name. A bean with another qualifier is for none. Has few
 * lambdas, as each would add to the startup time.
 */
final class ClientBeans {

	private final ConfigurableListableBeanFactory beanFactory;

	private final Collection<String> clients;

	/**
	 * Creates an instance.
	 * @param beanFactory has the beans
	 * @param clients the names of the clients, also of those that are disabled: a bean of
	 * this name is for no other client
	 */
	ClientBeans(ConfigurableListableBeanFactory beanFactory, Collection<String> clients) {
		this.beanFactory = beanFactory;
		this.clients = clients;
	}

	/**
	 * Returns the bean for a client.
	 * @param type the type of the bean
	 * @param client the name of the client, or {@code null} for the one without a name
	 * @return the bean, or {@code null} if there is none
	 * @throws InvalidKratosAdminConfigurationException if there are several, and not
	 * exactly one of them is primary
	 */
	<T> @Nullable T single(Class<T> type, @Nullable String client) {
		List<String> names = existing(type, client);
		if (names.size() > 1) {
			List<String> primary = names.stream().filter(this::isPrimary).toList();
			if (primary.size() != 1) {
				throw ambiguous(type, client, names);
			}
			names = primary;
		}
		return names.isEmpty() ? null : bean(names.get(0), type);
	}

	/**
	 * Returns the bean without a qualifier.
	 * @param type the type of the bean
	 * @return the bean, or {@code null} if there is none, or if there are several and not
	 * exactly one of them is primary
	 */
	<T> @Nullable T unique(Class<T> type) {
		List<String> names = existing(type, null);
		if (names.size() > 1) {
			names = names.stream().filter(this::isPrimary).toList();
		}
		return (names.size() == 1) ? bean(names.get(0), type) : null;
	}

	/**
	 * Returns the beans for a client, in their order.
	 * @param type the type of the beans
	 * @param client the name of the client, or {@code null} for the one without a name
	 */
	<T> List<T> ordered(Class<T> type, @Nullable String client) {
		return ordered(type, existing(type, client));
	}

	/**
	 * Returns the beans for a client and those without a qualifier, in their order.
	 * @param type the type of the beans
	 * @param client the name of the client, or {@code null} for the one without a name
	 */
	<T> List<T> orderedWithUnqualified(Class<T> type, @Nullable String client) {
		List<String> names = new ArrayList<>(existing(type, null));
		if (client != null) {
			names.addAll(existing(type, client));
		}
		return ordered(type, names);
	}

	private <T> List<T> ordered(Class<T> type, List<String> names) {
		Map<Object, String> beanNames = new IdentityHashMap<>();
		List<T> beans = new ArrayList<>();
		for (String name : names) {
			T bean = bean(name, type);
			if (bean != null) {
				beanNames.put(bean, name);
				beans.add(bean);
			}
		}
		if (beans.size() > 1) {
			beans.sort(order(beanNames));
		}
		return beans;
	}

	/**
	 * Returns a bean, or {@code null} if its method has returned null.
	 */
	private <T> @Nullable T bean(String name, Class<T> type) {
		Object bean = this.beanFactory.getBean(name);
		return type.isInstance(bean) ? type.cast(bean) : null;
	}

	/**
	 * Returns the names of the beans for a client, without creating any bean.
	 * @param type the type of the beans
	 * @param client the name of the client, or {@code null} for the one without a name
	 */
	List<String> names(Class<?> type, @Nullable String client) {
		return names(all(type), client);
	}

	/**
	 * Returns the names of the beans for a client, also of those for which a factory bean
	 * must be created to know their type.
	 */
	private List<String> existing(Class<?> type, @Nullable String client) {
		return names(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory, type, true, true), client);
	}

	private List<String> names(String[] all, @Nullable String client) {
		List<String> names = new ArrayList<>();
		for (String name : all) {
			if (isCandidate(name, client != null) && Objects.equals(qualifier(name), client)) {
				names.add(name);
			}
		}
		return names;
	}

	/**
	 * Returns the names of the beans that an injection without a qualifier considers, as
	 * {@code @ConditionalOnMissingBean} does.
	 * @param type the type of the beans
	 */
	List<String> candidates(Class<?> type) {
		List<String> names = new ArrayList<>();
		for (String name : all(type)) {
			if (isCandidate(name, false)) {
				names.add(name);
			}
		}
		return names;
	}

	/**
	 * Returns the names of the beans that can be injected.
	 * @param type the type of the beans
	 */
	List<String> injectable(Class<?> type) {
		List<String> names = new ArrayList<>();
		for (String name : all(type)) {
			if (isCandidate(name, true)) {
				names.add(name);
			}
		}
		return names;
	}

	/**
	 * Returns the qualifiers with which beans can be injected. For beans without one,
	 * these are their names.
	 * @param type the type of the beans
	 */
	Set<String> qualifiers(Class<?> type) {
		Set<String> qualifiers = new TreeSet<>();
		for (String name : injectable(type)) {
			String qualifier = qualifier(name);
			qualifiers.add((qualifier != null) ? qualifier : name);
		}
		return qualifiers;
	}

	private String[] all(Class<?> type) {
		return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory, type, true, false);
	}

	/**
	 * Returns the qualifier of a bean, or {@code null} if it has none.
	 */
	@Nullable String qualifier(String beanName) {
		String qualifier = BeanQualifiers.find(beanName, this.beanFactory);
		if (qualifier != null) {
			return qualifier;
		}
		if (this.clients.contains(beanName)) {
			return beanName;
		}
		return Arrays.stream(this.beanFactory.getAliases(beanName))
			.filter(this.clients::contains)
			.findFirst()
			.orElse(null);
	}

	boolean isPrimary(String beanName) {
		BeanDefinition definition = definition(beanName);
		return definition != null && definition.isPrimary();
	}

	/**
	 * Whether a bean is one that the auto-configuration has defined in a parent context.
	 * @param beanName the name of the bean
	 * @param baseUrl the name of the property with the base URL
	 * @param environment the environment of this context
	 * @throws InvalidKratosAdminConfigurationException if this context has another base
	 * URL, as the server of the parent would be called
	 */
	boolean isInherited(String beanName, String baseUrl, Environment environment) {
		if (this.beanFactory.containsLocalBean(beanName) || !isOfProperties(beanName)) {
			return false;
		}
		Environment parent = Objects.requireNonNull(this.beanFactory.getParentBeanFactory())
			.getBean(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME, Environment.class);
		if (!Objects.equals(environment.getProperty(baseUrl), parent.getProperty(baseUrl))) {
			throw new InvalidKratosAdminConfigurationException("the property '" + baseUrl + "'", List.of(baseUrl),
					"The parent context has a client with another base URL, which this context would use",
					"Set the same base URL in both contexts, or give the client of this context another name below '"
							+ ClientNames.PREFIX + "'.",
					null);
		}
		return true;
	}

	/**
	 * Whether a bean is one that the auto-configuration has defined.
	 */
	boolean isOfProperties(String beanName) {
		BeanDefinition definition = definition(beanName);
		return definition != null && KratosAdminBeans.class.getName().equals(definition.getBeanClassName());
	}

	/**
	 * Describes where a bean comes from.
	 */
	String describe(String beanName) {
		if (isOfProperties(beanName)) {
			String qualifier = qualifier(beanName);
			return "of the client below '" + ((qualifier != null) ? ClientNames.prefix(qualifier) : "kratos.admin")
					+ "'";
		}
		BeanDefinition definition = definition(beanName);
		String resource = (definition != null) ? definition.getResourceDescription() : null;
		return "of the application" + ((resource != null) ? ", defined in " + resource : "");
	}

	/**
	 * Whether a bean can be injected.
	 * @param beanName the name of the bean
	 * @param qualified whether the injection has a qualifier
	 */
	private boolean isCandidate(String beanName, boolean qualified) {
		BeanDefinition definition = definition(beanName);
		if (definition == null) {
			return true;
		}
		return !ScopedProxyUtils.isScopedTarget(beanName) && definition.isAutowireCandidate()
				&& (qualified || !(definition instanceof AbstractBeanDefinition bean) || bean.isDefaultCandidate());
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

	/**
	 * An {@code @Order} may also be on the method of the bean.
	 */
	private Comparator<Object> order(Map<Object, String> names) {
		return AnnotationAwareOrderComparator.INSTANCE.withSourceProvider((bean) -> {
			BeanDefinition definition = definition(Objects.requireNonNull(names.get(bean)));
			return (definition instanceof RootBeanDefinition root) ? root.getResolvedFactoryMethod() : null;
		});
	}

	private static InvalidKratosAdminConfigurationException ambiguous(Class<?> type, @Nullable String client,
			List<String> names) {
		String name = type.getSimpleName();
		String qualifier = (client != null) ? " with the qualifier '" + client + "'" : " without a qualifier";
		return new InvalidKratosAdminConfigurationException("the " + name + " beans", List.of(),
				"There are several beans" + qualifier + ": " + String.join(", ", names),
				"Define a single " + name + " bean" + qualifier + ", mark one of the beans as @Primary, or give the "
						+ "others the name of a client as their @Qualifier.",
				null);
	}

}
