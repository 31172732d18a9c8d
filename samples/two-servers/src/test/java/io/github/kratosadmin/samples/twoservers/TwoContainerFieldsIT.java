package io.github.kratosadmin.samples.twoservers;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.test.container.KratosContainer;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the service with a real Kratos for each client, as fields.
 */
@SpringBootTest
@Testcontainers(disabledWithoutDocker = true)
class TwoContainerFieldsIT {

	@Container
	static KratosContainer customersContainer = new KratosContainer();

	@Container
	static KratosContainer staffContainer = new KratosContainer();

	@DynamicPropertySource
	static void connect(DynamicPropertyRegistry properties) {
		properties.add("kratos.admin.clients.customers.base-url", customersContainer::getAdminUrl);
		properties.add("kratos.admin.clients.customers.public-url", customersContainer::getPublicUrl);
		properties.add("kratos.admin.clients.staff.base-url", staffContainer::getAdminUrl);
		properties.add("kratos.admin.clients.staff.public-url", staffContainer::getPublicUrl);
	}

	@Test
	void eachClientHasItsOwnContainer(@Autowired PeopleController people,
			@Autowired @Qualifier("customers") KratosAdmin customers,
			@Autowired @Qualifier("staff") KratosAdmin staff) {
		String customer = people.register(new PeopleController.Person("alice@example.test")).id();
		String employee = people.invite(new PeopleController.Person("bob@example.test")).id();
		assertThat(customers.identities().getIdentity(customer).id()).isEqualTo(customer);
		assertThat(staff.identities().getIdentity(employee).id()).isEqualTo(employee);
	}

}
