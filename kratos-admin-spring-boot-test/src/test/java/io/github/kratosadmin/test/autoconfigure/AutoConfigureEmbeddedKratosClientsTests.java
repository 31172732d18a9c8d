package io.github.kratosadmin.test.autoconfigure;

import java.util.List;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.ContextHierarchy;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestConstructor.AutowireMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AutoConfigureEmbeddedKratos} with several clients: each test finds all
 * servers as they were at its start.
 */
@SpringBootTest(properties = { "kratos.admin.clients.customers.base-url=http://localhost:2",
		"kratos.admin.clients.staff.base-url=http://localhost:2" })
@AutoConfigureEmbeddedKratos
@ContextHierarchy({ @ContextConfiguration(classes = AutoConfigureEmbeddedKratosClientsTests.Application.class),
		@ContextConfiguration(classes = AutoConfigureEmbeddedKratosClientsTests.Child.class) })
@TestConstructor(autowireMode = AutowireMode.ALL)
class AutoConfigureEmbeddedKratosClientsTests {

	private final KratosAdmin customers;

	private final KratosAdmin staff;

	AutoConfigureEmbeddedKratosClientsTests(@Qualifier("customers") KratosAdmin customers,
			@Qualifier("staff") KratosAdmin staff) {
		this.customers = customers;
		this.staff = staff;
	}

	@BeforeAll
	static void createIdentity(@Autowired @Qualifier("staff") KratosAdmin staff) {
		create(staff, "all@example.test");
	}

	@RepeatedTest(2)
	void eachServerIsReset(@Autowired @Qualifier("customers") EmbeddedKratos customersServer,
			@Autowired @Qualifier("staff") EmbeddedKratos staffServer) {
		assertThat(customersServer.requests()).isEmpty();
		assertThat(staffServer.requests()).isEmpty();
		assertThat(list(this.customers)).containsExactly("start@example.test");
		assertThat(list(this.staff)).containsExactlyInAnyOrder("start@example.test", "all@example.test");
		create(this.customers, "other@example.test");
		create(this.staff, "other@example.test");
	}

	@Nested
	class NestedTests {

		@RepeatedTest(2)
		void eachServerIsReset(@Autowired @Qualifier("customers") KratosAdmin customers,
				@Autowired @Qualifier("staff") KratosAdmin staff) {
			assertThat(list(customers)).containsExactly("start@example.test");
			assertThat(list(staff)).containsExactlyInAnyOrder("start@example.test", "all@example.test");
			create(customers, "other@example.test");
			create(staff, "other@example.test");
		}

	}

	private static void create(KratosAdmin client, String email) {
		client.identities().createIdentity(CreateIdentity.builder().traits(Map.of("email", email)).build());
	}

	private static List<String> list(KratosAdmin client) {
		return client.identities()
			.listIdentities(ListIdentities.builder().build())
			.items()
			.stream()
			.map(Identity::traits)
			.map((traits) -> traits.path("email").asString())
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		ApplicationRunner identitiesOfTheStart(@Qualifier("customers") KratosAdmin customers,
				@Qualifier("staff") KratosAdmin staff) {
			return (args) -> {
				create(customers, "start@example.test");
				create(staff, "start@example.test");
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Child {

	}

}
