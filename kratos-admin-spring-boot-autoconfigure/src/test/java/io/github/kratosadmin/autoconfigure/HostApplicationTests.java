package io.github.kratosadmin.autoconfigure;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the starter changes in an application, compared with the same application without
 * it: the lists in here are those of the README.
 */
class HostApplicationTests {

	private static final String[] OURS = {
			"spring.autoconfigure.exclude=" + KratosAdminAutoConfiguration.class.getName() + ","
					+ KratosHealthContributorAutoConfiguration.class.getName() };

	private final WebApplicationContextRunner application = new WebApplicationContextRunner()
		.withUserConfiguration(Application.class);

	@Test
	void addsTheseBeansAndNoOthers() {
		assertThat(difference(new String[0])).containsExactlyInAnyOrder("kratosAdmin", "kratosAdminBuilder",
				"kratosAdminConnectionDetails", "kratosIdentityApi", "kratosMetadataApi", "kratosRecoveryApi",
				"kratosSchemaApi", "kratosSelfServiceApi", "kratosHealthContributor");
	}

	@Test
	void addsNoBeanWhenSwitchedOff() {
		assertThat(difference("kratos.admin.enabled=false")).isEmpty();
	}

	@Test
	void addsNoHealthComponentWhenThatIsSwitchedOff() {
		assertThat(difference("management.health.kratos.enabled=false")).contains("kratosAdmin")
			.doesNotContain("kratosHealthContributor");
	}

	@Test
	void addsOneHealthComponent() {
		Set<String> without = new TreeSet<>();
		this.application.withPropertyValues(OURS).run((context) -> without.addAll(healthComponents(context)));
		this.application.run((context) -> {
			Set<String> with = healthComponents(context);
			with.removeAll(without);
			assertThat(with).containsExactly("kratos");
		});
	}

	@Test
	void apacheHttpClientBecomesTheOneThatSpringBootDetects() {
		this.application.withClassLoader(new FilteredClassLoader("org.apache.hc"))
			.run((context) -> assertThat(requestFactory(context)).isEqualTo("JdkClientHttpRequestFactoryBuilder"));
		this.application.run((context) -> assertThat(requestFactory(context))
			.isEqualTo("HttpComponentsClientHttpRequestFactoryBuilder"));
	}

	@Test
	void thePropertyInTheReadmeKeepsTheJdksHttpClient() {
		this.application.withPropertyValues("spring.http.clients.imperative.factory=jdk")
			.run((context) -> assertThat(requestFactory(context)).isEqualTo("JdkClientHttpRequestFactoryBuilder"));
	}

	/** Beans with a package in their name are configuration classes and properties. */
	private Set<String> difference(String... properties) {
		Set<String> difference = new TreeSet<>();
		this.application.withPropertyValues(properties)
			.run((context) -> difference.addAll(Arrays.asList(context.getBeanDefinitionNames())));
		this.application.withPropertyValues(OURS)
			.run((context) -> difference.removeAll(Arrays.asList(context.getBeanDefinitionNames())));
		difference.removeIf((name) -> name.contains("io.github.kratosadmin"));
		return difference;
	}

	private static Set<String> healthComponents(ApplicationContext context) {
		Set<String> names = new TreeSet<>();
		context.getBean(HealthContributorRegistry.class).forEach((contributor) -> names.add(contributor.name()));
		return names;
	}

	private static String requestFactory(ApplicationContext context) {
		return context.getBean(ClientHttpRequestFactoryBuilder.class).getClass().getSimpleName();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
