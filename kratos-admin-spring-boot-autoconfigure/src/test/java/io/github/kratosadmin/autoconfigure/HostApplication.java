package io.github.kratosadmin.autoconfigure;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application that knows nothing of Kratos or Feign. It is started in a class loader
 * of its own, with what stands on that class path: so it says what it has in types of the
 * JDK.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class HostApplication {

	/**
	 * Starts the application.
	 * @param properties its properties
	 * @return the names of its {@code beans}, those of its {@code health} components, and
	 * the {@code requestFactory} of its clients
	 */
	public static Map<String, Set<String>> start(String[] properties) {
		AtomicReference<Map<String, Set<String>>> parts = new AtomicReference<>();
		new WebApplicationContextRunner().withUserConfiguration(HostApplication.class)
			.withPropertyValues(properties)
			.run((context) -> parts.set(Map.of("beans", beans(context), "health", healthComponents(context),
					"requestFactory", Set.of(requestFactory(context)))));
		return parts.get();
	}

	/** Beans with a package in their name are configuration classes and properties. */
	private static Set<String> beans(ApplicationContext context) {
		Set<String> names = new TreeSet<>(Arrays.asList(context.getBeanDefinitionNames()));
		names.removeIf((name) -> name.contains("."));
		return names;
	}

	private static Set<String> healthComponents(ApplicationContext context) {
		Set<String> names = new TreeSet<>();
		context.getBean(HealthContributorRegistry.class).forEach((contributor) -> names.add(contributor.name()));
		return names;
	}

	private static String requestFactory(ApplicationContext context) {
		return context.getBean(ClientHttpRequestFactoryBuilder.class).getClass().getSimpleName();
	}

}
