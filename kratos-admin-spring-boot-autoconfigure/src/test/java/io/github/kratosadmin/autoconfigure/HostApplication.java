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
 * Application that uses neither Kratos nor Feign. It runs in a class loader of its own,
 * so its methods are public and use only types of the JDK.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class HostApplication {

	/**
	 * Starts the application.
	 * @param properties its properties
	 * @return the names of its {@code beans}, its {@code health} components and the
	 * {@code requestFactory} of its clients
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
	 * Starts the application and makes each call on its own thread, half of them with the
	 * {@code RestClient.Builder} of Spring Boot, half with {@code RestClient.create()}.
	 * @param url the URL to call
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

	/** Leaves out configuration classes and properties, whose names have a package. */
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
