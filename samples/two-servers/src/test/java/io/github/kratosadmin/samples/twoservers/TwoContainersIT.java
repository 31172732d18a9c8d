package io.github.kratosadmin.samples.twoservers;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.autoconfigure.KratosAdminConnectionDetails;
import io.github.kratosadmin.test.container.KratosContainer;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Testcontainers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the service with a real Kratos for each client, as beans.
 */
@SpringBootTest
@Testcontainers(disabledWithoutDocker = true)
class TwoContainersIT {

	@Test
	void eachClientHasItsOwnContainer(@Autowired PeopleController people,
			@Autowired @Qualifier("customers") KratosAdmin customers,
			@Autowired @Qualifier("staff") KratosAdmin staff) {
		String customer = people.register(new PeopleController.Person("alice@example.test")).id();
		String employee = people.invite(new PeopleController.Person("bob@example.test")).id();
		assertThat(customers.identities().getIdentity(customer).id()).isEqualTo(customer);
		assertThat(staff.identities().getIdentity(employee).id()).isEqualTo(employee);
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Containers {

		@Bean
		KratosContainer customersContainer() {
			return new KratosContainer();
		}

		@Bean
		@Qualifier("customers")
		KratosAdminConnectionDetails customersConnection(@Qualifier("customersContainer") KratosContainer container) {
			return container.getConnectionDetails();
		}

		@Bean
		KratosContainer staffContainer() {
			return new KratosContainer();
		}

		@Bean
		@Qualifier("staff")
		KratosAdminConnectionDetails staffConnection(@Qualifier("staffContainer") KratosContainer container) {
			return container.getConnectionDetails();
		}

	}

}
