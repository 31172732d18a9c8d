package io.github.kratosadmin.test.embedded;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the differences between {@linkplain KratosEra eras} in identities.
 */
class IdentityErasTests {

	private static final String ORGANIZATION = "12345678-9abc-4def-8123-456789abcdef";

	private EmbeddedKratos kratos;

	private AdminClient client;

	private String identities;

	private final MutableClock clock = new MutableClock();

	private void start(KratosEra era) {
		this.kratos = EmbeddedKratos.builder().era(era).clock(this.clock).start();
		this.client = new AdminClient(this.kratos.adminUrl());
		this.identities = AdminClient.prefix(era) + "/identities";
	}

	@AfterEach
	void close() {
		this.kratos.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "\"state\":\"inactive\"; V0_10", "\"metadata_public\":{\"plan\":1}; V0_10",
			"\"metadata_admin\":null; V0_10", "\"credentials\":{\"password\":{\"config\":{\"password\":\"p\"}}}; V0_10",
			"\"verifiable_addresses\":[]; V0_10", "\"recovery_addresses\":[]; V0_10", "\"external_id\":\"e\"; V26",
			"\"organization_id\":\"" + ORGANIZATION + "\"; V26" })
	void createAcceptsOnlyFieldsOfItsEra(String field, KratosEra since) {
		for (KratosEra era : KratosEra.values()) {
			start(era);
			assertThat(create("a@example.test", field).status()).as(era.version())
				.isEqualTo((era.isAtLeast(since)) ? 201 : 400);
			this.kratos.close();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "state; \"inactive\"; V0_7", "metadata_public; {\"plan\":1}; V0_10",
			"metadata_admin; {\"plan\":1}; V0_10", "external_id; \"e\"; V26", "colour; \"red\"; " })
	void updateAppliesOnlyFieldsOfItsEra(String field, String value, KratosEra since) {
		for (KratosEra era : KratosEra.values()) {
			start(era);
			String id = create("a@example.test").at("/id").asString();
			AdminClient.Response response = update(id, "a@example.test", "\"" + field + "\":" + value);
			boolean known = (since != null && era.isAtLeast(since));
			boolean ignored = (era.isAtLeast(KratosEra.V0_10));
			assertThat(response.status()).as(era.version()).isEqualTo((known || ignored) ? 200 : 500);
			JsonNode updated = this.client.get(this.identities + "/" + id).json().path(field);
			assertThat(updated.toString().equals(value)).as(era.version() + ": " + updated).isEqualTo(known);
			this.kratos.close();
		}
	}

	@ParameterizedTest
	@CsvSource({ "V0_6, 500", "V0_7, 500", "V0_10, 500", "V1_0, 500", "V1_3, 400", "V26, 400" })
	void malformedBodyHasStatus400AndCode500BeforeV1_3(KratosEra era, int code) {
		start(era);
		AdminClient.Response response = this.client.post(this.identities, "{");
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.at("/error/code").asInt()).isEqualTo(code);
	}

	@ParameterizedTest
	@CsvSource({ "V0_7, 500", "V0_10, 400", "V26, 400" })
	void refusesMalformedUpdate(KratosEra era, int status) {
		start(era);
		String id = create("a@example.test").at("/id").asString();
		assertThat(this.client.put(this.identities + "/" + id, "{").status()).isEqualTo(status);
	}

	@ParameterizedTest
	@EnumSource
	void explainsConflicts(KratosEra era) {
		start(era);
		create("a@example.test");
		AdminClient.Response response = create("a@example.test");
		assertThat(response.status()).isEqualTo(409);
		assertThat(response.json().path("error").has("reason")).isEqualTo(era.isAtLeast(KratosEra.V1_3));
		assertThat(response.at("/error/message").asString().startsWith("sqlite create: UNIQUE"))
			.isEqualTo(!era.isAtLeast(KratosEra.V0_10));
	}

	@ParameterizedTest
	@CsvSource({ "V0_6, false, false, false", "V0_7, false, true, false", "V0_10, true, true, false",
			"V1_0, true, true, false", "V1_3, true, true, false", "V26, true, true, false" })
	void returnsCredentialsWhereItsEraDoes(KratosEra era, boolean created, boolean read, boolean listed) {
		start(era);
		AdminClient.Response response = create("a@example.test");
		assertThat(response.json().has("credentials")).isEqualTo(created);
		JsonNode identity = this.client.get(this.identities + "/" + response.at("/id").asString()).json();
		assertThat(identity.has("credentials")).isEqualTo(read);
		assertThat(identity.at("/credentials/password").has("config")).isFalse();
		assertThat(this.client.get(this.identities).at("/0").has("credentials")).isEqualTo(listed);
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_10", "V1_0", "V1_3", "V26", "NEXT" })
	void updateRemovesMetadataButKeepsPassword(KratosEra era) {
		start(era);
		String hash = "$2a$10$ZsCsoVQ3xfBG/K2z2XpBf.tm90GZmtOqtqWcB5.pYd5Eq8y7RlDyq";
		String id = create("a@example.test",
				"\"metadata_public\":{\"a\":1},\"metadata_admin\":{\"b\":2},\"credentials\":{\"password\":{\"config\":"
						+ "{\"hashed_password\":\"" + hash + "\"}}}")
			.at("/id")
			.asString();
		JsonNode before = this.client.get(this.identities + "/" + id).json();
		assertThat(before.path("metadata_public")).hasToString("{\"a\":1}");
		assertThat(before.path("metadata_admin")).hasToString("{\"b\":2}");
		update(id, "a@example.test", "\"state\":\"active\"");
		JsonNode after = this.client.get(this.identities + "/" + id).json();
		assertThat(after.path("metadata_public").isNull()).isTrue();
		assertThat(after.path("metadata_admin").isNull()).isTrue();
		if (era.isAtLeast(KratosEra.V1_0)) {
			JsonNode secrets = this.client.get(this.identities + "/" + id + "?include_credential=password").json();
			assertThat(secrets.at("/credentials/password/config/hashed_password").asString("")).isEqualTo(hash);
		}
	}

	@ParameterizedTest
	@CsvSource({ "V0_7, false, true, true", "V0_10, false, true, true", "V1_0, false, false, true",
			"V1_3, false, false, true", "V26, true, false, false" })
	void updateChangesTimesThatItsEraRewrites(KratosEra era, boolean identity, boolean address, boolean credential) {
		start(era);
		String id = create("a@example.test").at("/id").asString();
		this.clock.advance(Duration.ofMinutes(1));
		update(id, "a@example.test", "\"schema_id\":\"default\"");
		JsonNode updated = this.client.get(this.identities + "/" + id).json();
		assertThat(isTouched(updated)).isEqualTo(identity);
		assertThat(isTouched(updated.at("/verifiable_addresses/0"))).isEqualTo(address);
		assertThat(isTouched(updated.at("/credentials/password"))).isEqualTo(credential);
	}

	private static boolean isTouched(JsonNode node) {
		return !node.path("updated_at").equals(node.path("created_at"));
	}

	@Test
	void updateRemovesExternalIdButKeepsOrganization() {
		start(KratosEra.V26);
		String id = create("a@example.test", "\"external_id\":\"e\",\"organization_id\":\"" + ORGANIZATION + "\"")
			.at("/id")
			.asString();
		assertThat(create("b@example.test", "\"external_id\":\"e\"").status()).isEqualTo(409);
		update(id, "a@example.test", "\"state\":\"active\"");
		JsonNode identity = this.client.get(this.identities + "/" + id).json();
		assertThat(identity.has("external_id")).isFalse();
		assertThat(identity.path("organization_id").asString()).isEqualTo(ORGANIZATION);
		assertThat(create("b@example.test", "\"external_id\":\"e\"").status()).isEqualTo(201);
	}

	@Test
	void createsVerifiedAddress() {
		start(KratosEra.V26);
		AdminClient.Response response = create("a@example.test",
				"\"verifiable_addresses\":[{\"value\":\"a@example.test\",\"via\":\"email\",\"verified\":true,\"status\":\"completed\"},"
						+ "{\"value\":\"other@example.test\",\"via\":\"email\",\"verified\":true}]");
		assertThat(response.json().path("verifiable_addresses")).hasSize(1);
		assertThat(response.at("/verifiable_addresses/0/verified").asBoolean()).isTrue();
		assertThat(response.at("/verifiable_addresses/0/status").asString()).isEqualTo("completed");
	}

	@ParameterizedTest
	@CsvSource({ "V0_10, A@example.test, A@example.test, true", "V0_10, A@example.test, a@example.test, false",
			"V1_0, A@example.test, A@example.test, false", "V1_0, A@example.test, a@example.test, true",
			"V1_3, A@example.test, A@example.test, true", "V26, a@example.test, A@example.test, true" })
	void comparesCaseOfKnownAddressesAsItsEraDoes(KratosEra era, String trait, String known, boolean verified) {
		start(era);
		AdminClient.Response response = create(trait,
				"\"verifiable_addresses\":[{\"value\":\"" + known + "\",\"via\":\"email\",\"verified\":true}]");
		assertThat(response.at("/verifiable_addresses/0/verified").asBoolean()).isEqualTo(verified);
		assertThat(response.at("/verifiable_addresses/0/value").asString()).isEqualTo("a@example.test");
	}

	@ParameterizedTest
	@CsvSource({ "V0_6, A@example.test", "V0_7, A@example.test", "V0_10, a@example.test", "V26, a@example.test" })
	void convertsAddressesToLowerCaseSinceV0_10(KratosEra era, String address) {
		start(era);
		JsonNode identity = create("A@example.test").json();
		assertThat(identity.at("/traits/email").asString()).isEqualTo("A@example.test");
		assertThat(identity.at("/verifiable_addresses/0/value").asString()).isEqualTo(address);
		assertThat(identity.at("/recovery_addresses/0/value").asString()).isEqualTo(address);
	}

	@ParameterizedTest
	@CsvSource({ "V0_10, ''", "V1_0, completed", "V1_3, completed", "V26, completed" })
	void keepsFieldsOfKnownAddress(KratosEra era, String status) {
		start(era);
		String id = "12345678-9abc-4def-8123-456789abcd04";
		JsonNode address = create("a@example.test",
				"\"verifiable_addresses\":[{\"id\":\"" + id
						+ "\",\"value\":\"a@example.test\",\"via\":\"email\",\"verified\":true,\"verified_at\":"
						+ "\"2020-01-01T00:00:00Z\",\"created_at\":\"2019-01-01T00:00:00Z\"}]")
			.at("/verifiable_addresses/0");
		assertThat(address.path("id").asString()).isEqualTo(id);
		assertThat(address.path("status").asString()).isEqualTo(status);
		assertThat(address.path("verified_at").asString()).isEqualTo("2020-01-01T00:00:00Z");
		assertThat(address.path("created_at").asString()).isEqualTo("2019-01-01T00:00:00Z");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = {
					"\"yesterday\"; parsing time \"yesterday\" as \"2006-01-02T15:04:05Z07:00\": cannot parse "
							+ "\"yesterday\" as \"2006\"",
					"\"\"; parsing time \"\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"\" as \"2006\"",
					"3; Time.UnmarshalJSON: input is not a JSON string", "null; ''" })
	void refusesMalformedTimeOfKnownAddress(String time, String message) {
		start(KratosEra.V26);
		AdminClient.Response response = create("a@example.test",
				"\"verifiable_addresses\":[{\"value\":\"a@example.test\",\"via\":\"email\",\"verified\":true,"
						+ "\"verified_at\":" + time + "}]");
		assertThat(response.status()).isEqualTo(message.isEmpty() ? 201 : 400);
		assertThat(response.at("/error/message").asString("")).isEqualTo(message);
	}

	@Test
	void ignoresKnownAddressWithoutChannel() {
		start(KratosEra.V26);
		AdminClient.Response response = create("a@example.test",
				"\"verifiable_addresses\":[{\"value\":\"a@example.test\",\"verified\":true}]");
		assertThat(response.at("/verifiable_addresses/0/verified").asBoolean()).isFalse();
		assertThat(create("b@example.test", "\"verifiable_addresses\":[{\"colour\":1}]").status()).isEqualTo(400);
		assertThat(create("b@example.test", "\"verifiable_addresses\":{}").at("/error/message").asString())
			.isEqualTo("json: cannot unmarshal object into Go struct field CreateIdentityBody.verifiable_addresses of "
					+ "type []identity.VerifiableAddress");
	}

	@Test
	void responseToUnknownStateHasTwoDocumentsInV0_7() {
		start(KratosEra.V0_7);
		String id = create("a@example.test").at("/id").asString();
		AdminClient.Response response = update(id, "a@example.test", "\"state\":\"asleep\"");
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.body().lines()).hasSize(2)
			.first()
			.asString()
			.contains("\"reason\":\"identity state is not valid\"");
		assertThat(response.body()).contains("\n{\"id\":\"" + id + "\"");
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_10", "V1_0", "V1_3", "V26", "NEXT" })
	void refusesUnknownState(KratosEra era) {
		start(era);
		assertThat(create("b@example.test", "\"state\":\"asleep\"").status()).isEqualTo(400);
		String id = create("a@example.test").at("/id").asString();
		assertThat(update(id, "a@example.test", "\"state\":\"asleep\"").status()).isEqualTo(400);
		assertThat(this.client.get(this.identities + "/" + id).at("/state").asString()).isEqualTo("active");
	}

	@ParameterizedTest
	@CsvSource({ "V0_6, 2", "V0_7, 2", "V0_10, 2", "V1_0, 1", "V1_3, 1", "V26, 1" })
	void ignoresFilterByIdentifierBeforeV1_0(KratosEra era, int listed) {
		start(era);
		create("a@example.test");
		create("b@example.test");
		assertThat(this.client.get(this.identities + "?credentials_identifier=A@example.test").json()).hasSize(listed);
	}

	@ParameterizedTest
	@CsvSource({ "V1_0, 200", "V1_3, 200", "V26, 400" })
	void refusesSeveralFiltersInV26(KratosEra era, int status) {
		start(era);
		String id = create("a@example.test").at("/id").asString();
		assertThat(this.client.get(this.identities + "?credentials_identifier=a@example.test&ids=" + id).status())
			.isEqualTo(status);
	}

	@ParameterizedTest
	@CsvSource({ "V0_10, nope, ''", "V1_0, [], ''", "V1_3, [], []", "V26, [], nope" })
	void namesUnknownCredentials(KratosEra era, String ofIdentity, String ofList) {
		start(era);
		String id = create("a@example.test").at("/id").asString();
		assertUnknownCredentials(this.client.get(this.identities + "/" + id + "?include_credential=nope"), ofIdentity);
		AdminClient.Response list = this.client.get(this.identities + "?include_credential=nope");
		if (ofList.isEmpty()) {
			assertThat(list.status()).isEqualTo(200);
		}
		else {
			assertUnknownCredentials(list, ofList);
		}
	}

	private static void assertUnknownCredentials(AdminClient.Response response, String named) {
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.at("/error/reason").asString())
			.isEqualTo("Invalid value `" + named + "` for parameter `include_credential`.");
	}

	@ParameterizedTest
	@CsvSource({ "V0_10, true, false", "V1_0, false, true", "V26, false, true" })
	void timesOfNewCredentialsAndAddressesDependOnEra(KratosEra era, boolean credentials, boolean verification) {
		start(era);
		AdminClient.Response response = create("a@example.test",
				"\"verifiable_addresses\":[{\"value\":\"a@example.test\",\"via\":\"email\",\"verified\":true}]");
		assertThat(response.at("/verifiable_addresses/0/verified").asBoolean()).isTrue();
		assertThat(response.at("/verifiable_addresses/0").has("verified_at")).isEqualTo(verification);
		assertThat(response.at("/credentials/password/created_at").asString().startsWith("0001-01-01"))
			.isEqualTo(!credentials);
	}

	@ParameterizedTest
	@CsvSource({ "V0_6, 500", "V1_0, 500", "V1_3, 400", "V26, 400" })
	void missingTraitsAreInternalErrorBeforeV1_3(KratosEra era, int status) {
		start(era);
		assertThat(this.client.post(this.identities, "{\"schema_id\":\"default\"}").status()).isEqualTo(status);
	}

	private AdminClient.Response create(String email) {
		return this.client.post(this.identities, "{\"traits\":{\"email\":\"" + email + "\"}}");
	}

	private AdminClient.Response create(String email, String fields) {
		return this.client.post(this.identities, "{\"traits\":{\"email\":\"" + email + "\"}," + fields + "}");
	}

	private AdminClient.Response update(String id, String email, String fields) {
		return this.client.put(this.identities + "/" + id, "{\"traits\":{\"email\":\"" + email + "\"}," + fields + "}");
	}

}
