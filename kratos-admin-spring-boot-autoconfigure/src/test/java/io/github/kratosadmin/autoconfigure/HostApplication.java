package io.github.kratosadmin.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

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

	/**
	 * Starts the application and makes calls in as many threads, half of them with the
	 * {@code RestClient} that Spring Boot builds, half with one of Spring's own.
	 * @param url where they go
	 * @param calls the number of calls
	 * @return the statuses of the responses
	 */
	public static List<Integer> call(String url, int calls) {
		List<Integer> statuses = new CopyOnWriteArrayList<>();
		new WebApplicationContextRunner().withUserConfiguration(HostApplication.class).run((context) -> {
			RestClient built = context.getBean(RestClient.Builder.class).build();
			RestClient created = RestClient.create();
			List<Thread> threads = IntStream.range(0, calls)
				.mapToObj((i) -> new Thread(() -> statuses.add(status((i % 2 == 0) ? built : created, url))))
				.toList();
			threads.forEach(Thread::start);
			for (Thread thread : threads) {
				thread.join();
			}
		});
		return statuses;
	}

	private static int status(RestClient client, String url) {
		return client.get().uri(url).retrieve().toBodilessEntity().getStatusCode().value();
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
