package io.github.kratosadmin.samples.testcontainers;

import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.test.container.KratosContainer;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.MountableFile;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest
@Testcontainers(disabledWithoutDocker = true)
class ConfiguredKratosIT {

	@Autowired
	private KratosAdmin kratos;

	@Test
	void usesItsOwnSchema() {
		Identity customer = this.kratos.identities()
			.createIdentity(CreateIdentity.builder().schemaId("customer").traits(Map.of("number", 1)).build());
		assertThat(customer.schemaId()).isEqualTo("customer");
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Containers {

		@Bean
		@ServiceConnection
		KratosContainer kratosContainer() {
			return new KratosContainer("oryd/kratos:v26.2.0")
				.withIdentitySchema("customer", MountableFile.forClasspathResource("customer.schema.json"))
				.withConfiguration("""
						selfservice:
						  flows:
						    login:
						      lifespan: 1m
						""");
		}

	}

}
