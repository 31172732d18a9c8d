package io.github.kratosadmin.test.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the filters of lists and for external ids. The expectations were measured on
 * real servers.
 */
class IdentityFilterTests {

	private static final String ORGANIZATION = "12345678-9abc-4def-8123-456789abcdef";

	private final List<String> ids = new ArrayList<>();

	private EmbeddedKratos kratos;

	private AdminClient client;

	private void start(KratosEra era) {
		this.kratos = EmbeddedKratos.builder().era(era).start();
		this.client = new AdminClient(this.kratos.adminUrl());
		this.ids.clear();
		for (String name : List.of("ann", "anton", "bob")) {
			this.ids.add(this.client.post("/admin/identities", "{\"traits\":{\"email\":\"" + name
					+ "@example.test\"},\"credentials\":{\"oidc\":{\"config\":{\"providers\":[{\"provider\":\"GitHub\",\"subject\":\""
					+ name + "\"}]}}}}")
				.at("/id")
				.asString());
		}
	}

	@AfterEach
	void close() {
		this.kratos.close();
	}

	@ParameterizedTest
	@CsvSource({ "ann@example.test, 1", "%20ANN@Example.test%20, 1", "an, 0", "GitHub:ann, 1", "github:ann, 0" })
	void findsExactIdentifier(String identifier, int found) {
		start(KratosEra.V26);
		assertThat(list("credentials_identifier=" + identifier)).hasSize(found);
	}

	@ParameterizedTest
	@CsvSource({ "V1_0, 0", "V1_3, 1", "V26, 1" })
	void findsLinksSinceV1_3(KratosEra era, int found) {
		start(era);
		assertThat(list("credentials_identifier=GitHub:ann")).hasSize(found);
	}

	@ParameterizedTest
	@CsvSource({ "an, 2", "AN, 2", "nn, 0", "a%25, 0", "github:, 3" })
	void findsIdentifiersByPrefix(String start, int found) {
		start(KratosEra.V26);
		assertThat(list("preview_credentials_identifier_similar=" + start)).hasSize(found);
	}

	@ParameterizedTest
	@EnumSource(names = { "V1_3", "V26", "NEXT" })
	void findsEachIdOnce(KratosEra era) {
		start(era);
		assertThat(list("ids=" + this.ids.get(0) + "&ids=" + this.ids.get(1) + "&ids=" + this.ids.get(0) + "&ids="
				+ ORGANIZATION))
			.containsExactlyInAnyOrder(this.ids.get(0), this.ids.get(1));
		assertThat(get("ids=").at("/error/reason").asString()).isEqualTo("Invalid UUID value `` for parameter `ids`.");
	}

	@ParameterizedTest
	@CsvSource({ "V1_3, 200", "V26, 400" })
	void limitsIdsTo500SinceV26(KratosEra era, int status) {
		start(era);
		String ids = IntStream.range(0, 500)
			.mapToObj((i) -> "ids=12345678-9abc-4def-8123-%012d".formatted(i))
			.collect(Collectors.joining("&"));
		assertThat(get(ids).status()).isEqualTo(200);
		AdminClient.Response response = get(ids + "&ids=" + ORGANIZATION);
		assertThat(response.status()).isEqualTo(status);
		if (status == 400) {
			assertThat(response.at("/error/reason").asString())
				.isEqualTo("The number of ids to filter must not exceed 500.");
		}
	}

	@Test
	void findsMembersOfOrganization() {
		start(KratosEra.V26);
		String member = this.client
			.post("/admin/identities",
					"{\"traits\":{\"email\":\"m@example.test\"},\"organization_id\":\"" + ORGANIZATION + "\"}")
			.at("/id")
			.asString();
		assertThat(list("organization_id=" + ORGANIZATION)).containsExactly(member);
		assertThat(get("organization_id=zz").at("/error/reason").asString())
			.isEqualTo("Invalid UUID value `zz` for parameter `organization_id`.");
		assertThat(get("organization_id=" + ORGANIZATION + "&ids=" + member).at("/error/reason").asString())
			.isEqualTo("You cannot combine multiple filters in this API");
		this.kratos.close();
		start(KratosEra.V1_3);
		assertThat(list("organization_id=zz")).hasSize(3);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "V1_3; Cannot pass both credentials_identifier and preview_credentials_identifier_similar.",
					"V26; You cannot combine multiple filters in this API" })
	void refusesTwoFiltersByIdentifier(KratosEra era, String reason) {
		start(era);
		assertThat(
				get("credentials_identifier=a&preview_credentials_identifier_similar=a").at("/error/reason").asString())
			.isEqualTo(reason);
	}

	@Test
	void ignoresConsistency() {
		start(KratosEra.V26);
		assertThat(list("consistency=strong")).hasSize(3);
		assertThat(list("consistency=nope")).hasSize(3);
	}

	@Test
	void returnsRequestedSecrets() {
		start(KratosEra.V26);
		AdminClient.Response response = get("include_credential=oidc&page_size=1");
		assertThat(response.at("/0/credentials/oidc").has("config")).isTrue();
		assertThat(response.at("/0/credentials/password").has("config")).isFalse();
		assertThat(get("include_credential=").at("/error/reason").asString())
			.isEqualTo("Invalid value `` for parameter `include_credential`.");
	}

	@Test
	void findsExternalId() {
		start(KratosEra.V26);
		String id = this.client
			.post("/admin/identities",
					"{\"traits\":{\"email\":\"e@example.test\"},\"external_id\":\"a b/c\","
							+ "\"credentials\":{\"password\":{\"config\":{\"password\":\"p\"}}}}")
			.at("/id")
			.asString();
		AdminClient.Response response = this.client
			.get("/admin/identities/by/external/a%20b%2Fc?include_credential=password");
		assertThat(response.at("/id").asString()).isEqualTo(id);
		assertThat(response.at("/credentials/password/config").has("hashed_password")).isTrue();
		assertThat(this.client.get("/identities/by/external/a%20b%2Fc").at("/credentials/password").has("config"))
			.isFalse();
		assertThat(this.client.get("/admin/identities/by/external/A%20B%2Fc").status()).isEqualTo(404);
		assertThat(this.client.get("/admin/identities/by/external/a%20b%2Fc?include_credential=nope")
			.at("/error/reason")
			.asString()).isEqualTo("Invalid value `[]` for parameter `include_credential`.");
	}

	@ParameterizedTest
	@EnumSource(names = { "V1_0", "V1_3" })
	void hasNoExternalIdsBefore26(KratosEra era) {
		start(era);
		assertThat(this.client.get("/admin/identities/by/external/e").body()).isEqualTo("404 page not found\n");
	}

	private AdminClient.Response get(String query) {
		return this.client.get("/admin/identities?" + query);
	}

	private List<String> list(String query) {
		List<String> listed = new ArrayList<>();
		get(query).json().forEach((identity) -> listed.add(identity.path("id").asString()));
		return listed;
	}

}
