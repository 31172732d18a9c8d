package io.github.kratosadmin.test.container;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration;
import io.github.kratosadmin.autoconfigure.KratosAdminConnectionDetails;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.MountableFile;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the service connection to a {@link GenericContainer} with the image of
 * Kratos.
 */
@RequiresImages(KratosContainer.DEFAULT_IMAGE)
@SpringJUnitConfig
@Testcontainers(disabledWithoutDocker = true)
class KratosContainerConnectionIT {

	@Container
	@ServiceConnection
	static final GenericContainer<?> container = new GenericContainer<>(KratosContainer.DEFAULT_IMAGE)
		.withExposedPorts(4433, 4434)
		.withEnv("DSN", "memory")
		.withCopyToContainer(Transferable.of("""
				identity:
				  schemas:
				    - id: default
				      url: file:///etc/kratos/person.schema.json
				selfservice:
				  default_browser_return_url: http://localhost:4455/
				"""), "/etc/kratos/kratos.yml")
		.withCopyFileToContainer(MountableFile.forClasspathResource("/person.schema.json"),
				"/etc/kratos/person.schema.json")
		.withCommand("serve", "--dev", "--sqa-opt-out", "--config", "/etc/kratos/kratos.yml")
		.waitingFor(Wait.forHttp("/health/ready").forPort(4434));

	@Autowired
	private KratosAdminConnectionDetails connectionDetails;

	@Autowired
	private KratosAdmin kratos;

	@Test
	void connectsToPortsOfContainer() {
		assertThat(this.connectionDetails.getBaseUrl())
			.isEqualTo("http://" + container.getHost() + ":" + container.getMappedPort(4434));
		assertThat(this.connectionDetails.getPublicUrl())
			.isEqualTo("http://" + container.getHost() + ":" + container.getMappedPort(4433));
		assertThat(this.kratos.metadata().isReady().ready()).isTrue();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(KratosAdminAutoConfiguration.class)
	static class TestConfiguration {

	}

}
