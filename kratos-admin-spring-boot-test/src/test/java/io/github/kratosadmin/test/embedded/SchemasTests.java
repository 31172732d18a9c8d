package io.github.kratosadmin.test.embedded;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the identity schemas of an {@link EmbeddedKratos}.
 */
class SchemasTests {

	private final EmbeddedKratos kratos = EmbeddedKratos.start();

	private final AdminClient client = new AdminClient(this.kratos.adminUrl());

	@AfterEach
	void close() {
		this.kratos.close();
	}

	@Test
	void answersASchemaAsItWasAddedOrWrittenAnew() {
		String schema = "{ \"type\" :\n\"object\" }";
		this.kratos.addSchema("odd", schema);
		assertThat(new AdminClient(this.kratos.publicUrl()).get("/schemas/odd").body())
			.isEqualTo("{\"type\":\"object\"}\n");
		try (EmbeddedKratos older = EmbeddedKratos.builder().era(KratosEra.V1_3).schema("odd", schema).start()) {
			assertThat(new AdminClient(older.publicUrl()).get("/schemas/odd").body()).isEqualTo(schema);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\"}",
			"{\"properties\":{\"traits\":{\"$ref\":\"https://schemas.example.test/traits.json\"}}}" })
	void refusesWhatIsNoSchema(String schema) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.kratos.addSchema("bad", schema))
			.withMessageStartingWith("Schema 'bad'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "04", "06", "07" })
	void knowsTheDraftsThatKratosKnows(String draft) {
		this.kratos.addSchema("draft", """
				{
				  "$schema": "http://json-schema.org/draft-%s/schema#",
				  "type": "object",
				  "properties": {
				    "traits": {
				      "type": "object",
				      "properties": {
				        "mail": {"type": "string", "format": "email", "ory.sh/kratos": {"recovery": {"via": "email"}}}
				      }
				    }
				  }
				}
				""".formatted(draft));
		assertThat(create("draft", "{\"mail\":\"nope\"}").status()).isEqualTo(400);
		assertThat(create("draft", "{\"mail\":\"a@example.test\"}").at("/recovery_addresses/0/value").asString())
			.isEqualTo("a@example.test");
	}

	@Test
	void schemasMayShareTheirId() {
		this.kratos.addSchema("one", "{\"$id\":\"https://example.test/s\",\"type\":\"object\"}");
		this.kratos.addSchema("two",
				"{\"$id\":\"https://example.test/s\",\"type\":\"object\",\"required\":[\"nothing\"]}");
		assertThat(create("one", "{}").status()).isEqualTo(201);
		assertThat(create("two", "{}").status()).isEqualTo(400);
	}

	@Test
	void refusesAnUnknownWayToVerify() {
		this.kratos.addSchema("phone", """
				{
				  "type": "object",
				  "properties": {
				    "traits": {"properties": {"phone": {"ory.sh/kratos": {"verification": {"via": "sms"}}}}}
				  }
				}
				""");
		assertThat(create("phone", "{\"phone\":\"1\"}").at("/error/reason").asString())
			.contains("verification.via has unknown value \"sms\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a@example.test", "a.b+c@localhost", "\u00e5@example.test", "\"a b\"@example.test" })
	void takesForAnEmailWhatKratosTakes(String email) {
		assertThat(Email.isEmail(email)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "@example.test", "a@", "a b@example.test", "a@-example.test", "a@example..test",
			".a@example.test", "a@ex_ample.test", "<a@example.test>" })
	void refusesWhatKratosRefusesAsEmail(String email) {
		assertThat(Email.isEmail(email)).isFalse();
	}

	private AdminClient.Answer create(String schemaId, String traits) {
		return this.client.post("/identities", "{\"schema_id\":\"" + schemaId + "\",\"traits\":" + traits + "}");
	}

}
