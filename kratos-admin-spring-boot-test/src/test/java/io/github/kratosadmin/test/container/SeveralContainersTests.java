package io.github.kratosadmin.test.container;

import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import io.github.kratosadmin.autoconfigure.KratosAdminClients;
import io.github.kratosadmin.autoconfigure.KratosAdminConnectionDetails;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.testcontainers.lifecycle.TestcontainersLifecycleApplicationContextInitializer;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application with several clients and a container for each, with containers
 * that do not start.
 */
class SeveralContainersTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ServiceConnectionAutoConfiguration.class, KratosAdminAutoConfiguration.class))
		.withPropertyValues("kratos.admin.clients.customers.base-url=http://localhost:2",
				"kratos.admin.clients.staff.base-url=http://localhost:2");

	private final ApplicationContextRunner startingContainers = this.application
		.withInitializer(new TestcontainersLifecycleApplicationContextInitializer());

	@Test
	void eachClientIsConnectedToItsOwnContainer() {
		this.startingContainers.withUserConfiguration(Containers.class).run((context) -> {
			assertThat(details(context, "customers").getBaseUrl()).isEqualTo("http://docker.example.test:14434");
			assertThat(details(context, "customers").getPublicUrl()).isEqualTo("http://docker.example.test:14433");
			assertThat(details(context, "staff").getBaseUrl()).isEqualTo("http://docker.example.test:24434");
			assertThat(context.getBean(KratosAdminClients.class).getNames()).containsExactly("customers", "staff");
			assertThat(context.getBeansOfType(PretendedKratosContainer.class).values()).hasSize(2)
				.allSatisfy((container) -> assertThat(container.starts()).isOne());
		});
	}

	@Test
	void aContainerIsStartedAtItsFirstUse() {
		this.application.withUserConfiguration(Containers.class)
			.run((context) -> assertThat(details(context, "staff").getBaseUrl())
				.isEqualTo("http://docker.example.test:24434"));
	}

	@Test
	void springBootSkipsItsServiceConnectionNextToOtherConnectionDetails() {
		this.startingContainers.withUserConfiguration(Containers.class, WithServiceConnection.class)
			.run((context) -> assertThat(context.getBeansOfType(KratosAdminConnectionDetails.class))
				.containsOnlyKeys("customersConnection", "staffConnection"));
	}

	private static KratosAdminConnectionDetails details(ApplicationContext context, String client) {
		return BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getAutowireCapableBeanFactory(),
				KratosAdminConnectionDetails.class, client);
	}

	@Configuration(proxyBeanMethods = false)
	static class Containers {

		@Bean
		KratosContainer customersContainer() {
			return new PretendedKratosContainer(10_000);
		}

		@Bean
		KratosContainer staffContainer() {
			return new PretendedKratosContainer(20_000);
		}

		@Bean
		@Qualifier("customers")
		KratosAdminConnectionDetails customersConnection(@Qualifier("customersContainer") KratosContainer container) {
			return container.getConnectionDetails();
		}

		@Bean
		@Qualifier("staff")
		KratosAdminConnectionDetails staffConnection(@Qualifier("staffContainer") KratosContainer container) {
			return container.getConnectionDetails();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithServiceConnection {

		@Bean
		@ServiceConnection
		KratosContainer container() {
			return new PretendedKratosContainer(30_000);
		}

	}

}
