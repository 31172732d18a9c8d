package io.github.kratosadmin.samples.docs;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.selfservice.LoginFlow;
import io.github.kratosadmin.test.embedded.EmbeddedKratosExtension;
import io.github.kratosadmin.test.fixture.IdentityBuilder;
import io.github.kratosadmin.test.fixture.KratosResponses;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the examples in the docs without Spring.
 */
class ExamplesTests {

	@RegisterExtension
	static EmbeddedKratosExtension embedded = new EmbeddedKratosExtension();

	private KratosAdmin kratos;

	private Identity identity;

	@BeforeEach
	void createIdentity() {
		this.kratos = KratosAdmin.builder().baseUrl(embedded.kratos().adminUrl().toString()).build();
		this.identity = this.kratos.identities()
			.createIdentity(CreateIdentity.builder().traits(new CustomerTraits("alice@example.test")).build());
	}

	@AfterEach
	void close() {
		this.kratos.close();
	}

	@Test
	void listsAPage() {
		KratosAdmin kratos = this.kratos;
		Page<Identity> page = kratos.identities().listIdentities(ListIdentities.builder().pageSize(100).build());
		String next = page.nextPageToken(); // null on the last page
		assertThat(page.items()).extracting(Identity::id).containsExactly(this.identity.id());
		assertThat(next).isNull();
	}

	@Test
	void streamsAllPages() {
		assertThat(ids(this.kratos)).containsExactly(this.identity.id());
	}

	private static List<String> ids(KratosAdmin kratos) {
		try (Stream<Identity> identities = kratos.identities().streamIdentities(ListIdentities.builder().build())) {
			return identities.map(Identity::id).toList();
		}
	}

	@Test
	void worksWithoutSpringBoot() {
		assertThat(version(embedded.kratos().adminUrl().toString())).isEqualTo(embedded.kratos().era().version());
	}

	private static String version(String baseUrl) {
		try (KratosAdmin kratos = KratosAdmin.builder().baseUrl(baseUrl).build()) {
			return kratos.metadata().getVersion().version();
		}
	}

	@Test
	void buildsAnIdentityWithoutAServer() {
		Identity identity = IdentityBuilder.identity()
			.traits(Map.of("email", "alice@example.test"))
			.verifiableAddress("alice@example.test", true)
			.build();
		assertThat(identity.traitsAs(CustomerTraits.class).email()).isEqualTo("alice@example.test");
	}

	@Test
	void createsAResponseFromJson() {
		LoginFlow flow = KratosResponses.read("""
				{"id":"5b1b9b1c-5b0e-4a3c-9a52-0a2b6f2d1c11","type":"api","refresh":true,"ui":{"nodes":[]}}""",
				LoginFlow.class);
		assertThat(flow.refresh()).isTrue();
	}

	record CustomerTraits(String email) {

	}

}
