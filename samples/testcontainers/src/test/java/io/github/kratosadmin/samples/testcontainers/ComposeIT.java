package io.github.kratosadmin.samples.testcontainers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.autoconfigure.KratosAdminClients;
import io.github.kratosadmin.autoconfigure.KratosAdminConnectionDetails;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.identity.CreateIdentity;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for applications on the services of Docker Compose, as in development.
 */
@EnabledIf(value = "isComposeAvailable", disabledReason = "Docker with Compose 2 is not available")
class ComposeIT {

	@Test
	void registersAnAccount() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(AccountsApplication.class)
			.properties("spring.docker.compose.skip.in-tests=false", "spring.docker.compose.stop.command=down")
			.run()) {
			KratosAdminConnectionDetails details = context.getBean(KratosAdminConnectionDetails.class);
			assertThat(details.getBaseUrl()).isNotEqualTo("http://localhost:4434");
			assertThat(details.getPublicUrl()).isNotNull();
			Awaitility.await()
				.ignoreExceptions()
				.until(() -> context.getBean(KratosAdmin.class).metadata().isReady().ready());
			Accounts accounts = context.getBean(Accounts.class);
			assertThat(accounts.email(accounts.register("alice@example.test"))).isEqualTo("alice@example.test");
		}
	}

	@Test
	void connectsEachClientToTheServiceWithItsLabel() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(TwoServersApplication.class)
			.properties("spring.docker.compose.skip.in-tests=false", "spring.docker.compose.stop.command=down",
					"spring.docker.compose.file=compose-two-servers.yaml",
					"kratos.admin.clients.customers.base-url=http://customers-kratos:4434",
					"kratos.admin.clients.staff.base-url=http://staff-kratos:4434")
			.run()) {
			KratosAdminClients clients = context.getBean(KratosAdminClients.class);
			assertThat(clients.getNames()).containsExactly("customers", "staff");
			for (String name : clients.getNames()) {
				Awaitility.await().ignoreExceptions().until(() -> clients.getClient(name).metadata().isReady().ready());
			}
			CreateIdentity alice = CreateIdentity.builder().traits(Map.of("email", "alice@example.test")).build();
			String id = clients.getClient("customers").identities().createIdentity(alice).id();
			assertThatExceptionOfType(KratosNotFoundException.class)
				.isThrownBy(() -> clients.getClient("staff").identities().getIdentity(id));
		}
	}

	static boolean isComposeAvailable() throws InterruptedException {
		return DockerClientFactory.instance().isDockerAvailable() && hasCompose();
	}

	private static boolean hasCompose() throws InterruptedException {
		return printsItsVersion("docker", "compose", "version", "--format", "json")
				|| printsItsVersion("docker-compose", "version", "--format", "json");
	}

	private static boolean printsItsVersion(String... command) throws InterruptedException {
		try {
			Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return process.waitFor() == 0 && output.startsWith("{");
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class TwoServersApplication {

	}

}
