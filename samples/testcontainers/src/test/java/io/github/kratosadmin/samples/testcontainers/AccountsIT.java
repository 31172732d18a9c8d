package io.github.kratosadmin.samples.testcontainers;

import io.github.kratosadmin.test.container.KratosContainer;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest
@Testcontainers(disabledWithoutDocker = true)
class AccountsIT {

	@Container
	@ServiceConnection
	static KratosContainer kratos = new KratosContainer();

	@Autowired
	private Accounts accounts;

	@Test
	void registersAnAccount() {
		assertThat(this.accounts.register("alice@example.test")).isNotBlank();
	}

}
