package io.github.kratosadmin.samples.docs;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.autoconfigure.KratosAdminClients;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the examples in docs/several-servers.md.
 */
@SpringBootTest(classes = { DocsApplication.class, SeveralServers.class })
@ActiveProfiles("servers")
class SeveralServersTests {

	@AutoClose
	private static final EmbeddedKratos customersKratos = EmbeddedKratos.start();

	@AutoClose
	private static final EmbeddedKratos staffKratos = EmbeddedKratos.start();

	@Autowired
	private KratosAdminClients clients;

	@DynamicPropertySource
	static void connect(DynamicPropertyRegistry properties) {
		properties.add("kratos.admin.clients.customers.base-url", customersKratos::adminUrl);
		properties.add("kratos.admin.clients.staff.base-url", staffKratos::adminUrl);
	}

	@Test
	void eachPersonIsCreatedOnItsServer(@Autowired Onboarding onboarding) {
		String customer = onboarding.registerCustomer("jo@customers.example");
		String employee = onboarding.addEmployee("kim@staff.example");
		assertThat(ids("customers")).containsExactly(customer);
		assertThat(ids("staff")).containsExactly(employee);
	}

	@Test
	void aRegionIsFoundByItsName(@Autowired Regions regions) {
		CreateIdentity identity = CreateIdentity.builder()
			.schemaId("default")
			.traits(Map.of("email", "alex@staff.example"))
			.build();
		String id = this.clients.getClient("staff").identities().createIdentity(identity).id();
		assertThat(regions.find("staff", id).id()).isEqualTo(id);
		assertThatExceptionOfType(KratosNotFoundException.class).isThrownBy(() -> regions.find("customers", id));
		this.clients.getClient("staff").identities().deleteIdentity(id);
	}

	@Test
	void aClientHasPropertiesWithAPrefixOfTheApplication(
			@Autowired @Qualifier("partnersKratos") KratosAdmin partnersKratos) {
		assertThat(partnersKratos.metadata()).hasToString("MetadataApi(http://partners-kratos:4434)");
		assertThat(partnersKratos.statistics().clientName()).isEqualTo("partners");
	}

	private List<String> ids(String client) {
		try (Stream<Identity> identities = this.clients.getClient(client).identities().streamIdentities()) {
			return identities.map(Identity::id).toList();
		}
	}

}
