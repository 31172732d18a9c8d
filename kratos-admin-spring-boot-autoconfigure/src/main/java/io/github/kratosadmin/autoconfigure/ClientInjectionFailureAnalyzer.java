package io.github.kratosadmin.autoconfigure;

import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.KratosAdminBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.env.Environment;
import org.springframework.util.ReflectionUtils;

/**
 * {@link AbstractFailureAnalyzer} for injections of a client, its builder or its groups
 * of operations. It knows the names of the clients, and which property adds one. It comes
 * before the analyzers of Spring Boot for any bean.
 */
class ClientInjectionFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException>
		implements Ordered {

	/** An exception without the injection has its annotations in its message. */
	private static final Pattern QUALIFIER = Pattern
		.compile("(?:factory\\.annotation\\.Qualifier|inject\\.Named)\\(\"([^\"]*)\"\\)");

	private static final String BASE_URL = "base-url=http://localhost:4434";

	private final ConfigurableListableBeanFactory beanFactory;

	private final Environment environment;

	ClientInjectionFailureAnalyzer(BeanFactory beanFactory, Environment environment) {
		this.beanFactory = (ConfigurableListableBeanFactory) beanFactory;
		this.environment = environment;
	}

	@Override
	public int getOrder() {
		return 0;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause,
			@Nullable String description) {
		String beanName = cause.getBeanName();
		Class<?> type = (beanName != null) ? resourceType(rootFailure, beanName) : cause.getBeanType();
		if (type == null || !isOfClient(type)) {
			return null;
		}
		String injection = ((description != null) ? description : "A component") + " required a bean of the type "
				+ type.getSimpleName();
		if (!this.beanFactory.containsBean("kratosAdminClients")) {
			return disabled(cause, injection);
		}
		ClientBeans beans = new ClientBeans(this.beanFactory, ClientNames.read(this.environment));
		if (beanName != null) {
			return unknownBeanName(cause, injection, beanName, beans.injectable(type));
		}
		if (cause instanceof NoUniqueBeanDefinitionException several) {
			return ambiguous(several, injection, type, beans);
		}
		Matcher qualifier = QUALIFIER.matcher(String.valueOf(cause.getMessage()));
		return qualifier.find() ? unknownQualifier(cause, injection, type, qualifier.group(1), beans)
				: withoutQualifier(cause, injection, type, beans);
	}

	private static boolean isOfClient(Class<?> type) {
		return type == KratosAdmin.class || type == KratosAdminBuilder.class
				|| KratosAdminBeansRegistrar.APIS.containsKey(type);
	}

	private @Nullable FailureAnalysis disabled(NoSuchBeanDefinitionException cause, String injection) {
		return !this.environment.getProperty("kratos.admin.enabled", Boolean.class, true)
				? new FailureAnalysis(injection + ", but the clients are disabled with 'kratos.admin.enabled'.",
						"Remove the property 'kratos.admin.enabled', or do not use the clients while it is false.",
						cause)
				: null;
	}

	private FailureAnalysis unknownQualifier(NoSuchBeanDefinitionException cause, String injection, Class<?> type,
			String qualifier, ClientBeans beans) {
		Set<String> qualifiers = beans.qualifiers(type);
		return new FailureAnalysis(
				injection + " with the qualifier '" + qualifier + "', which no bean has.\n\n"
						+ "    The qualifiers are: " + String.join(", ", qualifiers),
				actionForQualifier(type, qualifier, beans), cause);
	}

	private String actionForQualifier(Class<?> type, String qualifier, ClientBeans beans) {
		String property = ClientNames.prefix(qualifier);
		if (beans.qualifiers(KratosAdmin.class).contains(qualifier)) {
			return "Inject the KratosAdmin with this qualifier instead: a client that is a bean of the application "
					+ "has no " + type.getSimpleName() + " bean.";
		}
		if (!beans.candidates(type).isEmpty()
				&& qualifier.equals(this.environment.getProperty("kratos.admin.name", "kratos"))) {
			return "Remove the qualifier: the client below 'kratos.admin' is injected without one.";
		}
		if (!ClientNames.isValid(qualifier)) {
			return "Correct the qualifier.";
		}
		if (!this.environment.getProperty(property + ".enabled", Boolean.class, true)) {
			return "Correct the qualifier, or remove the property '" + property
					+ ".enabled', which disables the client.";
		}
		return "Correct the qualifier, or configure a client with this name:\n\n    " + property + "." + BASE_URL;
	}

	private static @Nullable FailureAnalysis withoutQualifier(NoSuchBeanDefinitionException cause, String injection,
			Class<?> type, ClientBeans beans) {
		List<String> clients = beans.candidates(KratosAdmin.class);
		if (clients.size() > 1) {
			return new FailureAnalysis(
					injection + ", but it is unclear of which client: none of the KratosAdmin beans is primary.\n\n"
							+ "    The beans are: " + String.join(", ", clients),
					"Inject the KratosAdmin that you need, or mark one of the beans as @Primary.", cause);
		}
		Set<String> qualifiers = beans.qualifiers(type);
		if (qualifiers.isEmpty() || !beans.candidates(type).isEmpty()) {
			return null;
		}
		return new FailureAnalysis(
				injection + " without a qualifier, but all clients have a name.\n\n    The names are: "
						+ String.join(", ", qualifiers),
				"Inject the one that you need with its name, for example with @Qualifier(\""
						+ qualifiers.iterator().next() + "\"), or configure a client without a name:\n\n"
						+ "    kratos.admin." + BASE_URL,
				cause);
	}

	private static FailureAnalysis ambiguous(NoUniqueBeanDefinitionException cause, String injection, Class<?> type,
			ClientBeans beans) {
		Collection<String> names = cause.getBeanNamesFound();
		if (names == null) {
			// Spring does not name the beans if several are primary.
			names = beans.candidates(type).stream().filter(beans::isPrimary).toList();
		}
		StringBuilder description = new StringBuilder(
				injection + ", but it is unclear which of " + names.size() + " beans:\n");
		for (String name : names) {
			description.append("\n    - ").append(name).append(": ").append(beans.describe(name));
		}
		boolean primary = names.stream().filter(beans::isPrimary).count() > 1;
		String own = names.stream().filter((name) -> !beans.isOfProperties(name)).findFirst().orElse("");
		return new FailureAnalysis(description.toString(),
				primary ? "Mark only one of the beans as @Primary."
						: "Inject the one that you need with its name, for example with @Qualifier(\"" + own
								+ "\"). For injections without a qualifier, mark one of the beans as @Primary, or set "
								+ "defaultCandidate = false on the others.",
				cause);
	}

	private static FailureAnalysis unknownBeanName(NoSuchBeanDefinitionException cause, String injection,
			String beanName, List<String> names) {
		return new FailureAnalysis(
				injection + " with the bean name '" + beanName + "', which does not exist.\n\n    The bean names are: "
						+ String.join(", ", names),
				"Correct the name in @Resource, which is that of a bean. For the name of a client, use @Autowired with "
						+ "@Qualifier.",
				cause);
	}

	/**
	 * Returns the type that a {@code @Resource} with a name of a bean has, or
	 * {@code null} if there is none. The exception does not have the type.
	 */
	private @Nullable Class<?> resourceType(Throwable rootFailure, String resource) {
		BeanCreationException creation = null;
		for (Throwable failure = rootFailure; failure != null; failure = failure.getCause()) {
			creation = (failure instanceof BeanCreationException found) ? found : creation;
		}
		String beanName = (creation != null) ? creation.getBeanName() : null;
		Class<?> bean = (beanName != null) ? this.beanFactory.getType(beanName, false) : null;
		if (bean == null) {
			return null;
		}
		Set<Class<?>> types = new HashSet<>();
		ReflectionUtils.doWithFields(bean, (field) -> types.add(field.getType()), (field) -> isNamed(field, resource));
		ReflectionUtils.doWithMethods(bean, (method) -> types.addAll(Arrays.asList(method.getParameterTypes())),
				(method) -> isNamed(method, resource));
		return (types.size() == 1) ? types.iterator().next() : null;
	}

	private static boolean isNamed(AnnotatedElement element, String resource) {
		MergedAnnotation<?> annotation = MergedAnnotations.from(element).get("jakarta.annotation.Resource");
		return annotation.isPresent() && resource.equals(annotation.getString("name"));
	}

}
