package io.github.kratosadmin.test.container;

import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import io.github.kratosadmin.autoconfigure.KratosAdminConnectionDetails;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KratosContainerConnectionDetailsFactory} with containers that do not
 * start.
 */
class KratosContainerConnectionDetailsFactoryTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ServiceConnectionAutoConfiguration.class, KratosAdminAutoConfiguration.class));

	@Test
	void connectsToKratosContainerWithAnyImageName() {
		this.runner.withUserConfiguration(KratosContainerConfiguration.class).run((context) -> {
			KratosAdminConnectionDetails details = context.getBean(KratosAdminConnectionDetails.class);
			assertThat(details.getBaseUrl()).isEqualTo("http://docker.example.test:14434");
			assertThat(details.getPublicUrl()).isEqualTo("http://docker.example.test:14433");
			assertThat(details.getPathPrefix()).isNull();
			assertThat(details.getBearerToken()).isNull();
		});
	}

	@Test
	void connectsToGenericContainerWithNameOfImage() {
		this.runner.withUserConfiguration(GenericContainerConfiguration.class).run((context) -> {
			KratosAdminConnectionDetails details = context.getBean(KratosAdminConnectionDetails.class);
			assertThat(details.getBaseUrl()).isEqualTo("http://docker.example.test:14434");
			assertThat(details.getPublicUrl()).isNull();
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class KratosContainerConfiguration {

		@Bean
		@ServiceConnection
		KratosContainer kratos() {
			return new PretendedKratosContainer();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class GenericContainerConfiguration {

		@Bean
		@ServiceConnection("oryd/kratos")
		GenericContainer<?> kratos() {
			return new PretendedContainer().withExposedPorts(4434);
		}

	}

	static class PretendedContainer extends GenericContainer<PretendedContainer> {

		PretendedContainer() {
			super(DockerImageName.parse("oryd/kratos:v26.2.0"));
		}

		@Override
		public void start() {
		}

		@Override
		public String getHost() {
			return "docker.example.test";
		}

		@Override
		public Integer getMappedPort(int originalPort) {
			return originalPort + 10000;
		}

	}

}
