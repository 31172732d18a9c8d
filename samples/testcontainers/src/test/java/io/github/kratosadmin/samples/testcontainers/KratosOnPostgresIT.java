package io.github.kratosadmin.samples.testcontainers;

import io.github.kratosadmin.test.container.KratosContainer;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Network;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest
@Testcontainers(disabledWithoutDocker = true)
class KratosOnPostgresIT {

	static Network network = Network.newNetwork();

	@Container
	static PostgreSQLContainer postgres = new PostgreSQLContainer("postgres:15").withNetwork(network)
		.withNetworkAliases("postgres");

	@Container
	@ServiceConnection
	static KratosContainer kratos = new KratosContainer().withNetwork(network)
		.dependsOn(postgres)
		.withDsn("postgres://test:test@postgres:5432/test?sslmode=disable");

	@Autowired
	private Accounts accounts;

	@Test
	void registersAnAccount() {
		String id = this.accounts.register("alice@example.test");
		assertThat(this.accounts.email(id)).isEqualTo("alice@example.test");
	}

}
