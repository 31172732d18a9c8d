package io.github.kratosadmin.samples.testcontainers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.autoconfigure.KratosAdminConnectionDetails;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the application on the services of {@code compose.yaml}, as in development.
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

}
