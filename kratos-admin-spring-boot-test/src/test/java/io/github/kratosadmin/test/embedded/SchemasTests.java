package io.github.kratosadmin.test.embedded;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the identity schemas of an {@link EmbeddedKratos}.
 */
class SchemasTests {

	private final EmbeddedKratos kratos = EmbeddedKratos.start();

	private final AdminClient client = new AdminClient(this.kratos.adminUrl());

	private final AdminClient publicClient = new AdminClient(this.kratos.publicUrl());

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

	/**
	 * Pages count from 0.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			x=y                                                      | default,one,two | first=0
			page=1                                                   | ''              | first=0
			page=-1                                                  | default,one,two | first=0
			page=0&per_page=2                                        | default,one     | next=1 last=1
			page=1&per_page=2                                        | two             | first=0 prev=0
			page_size=2                                              | default,one     | next=1 last=1
			page_size=2&page_token=nope                              | default,one     | next=1 last=1
			page_size=2&page_token=eyJvZmZzZXQiOiIyIiwidiI6Mn0       | two             | first=0 prev=0
			per_page=3                                               | default,one,two | first=0
			per_page=0                                               | default         | next=1 last=2
			""")
	void listsSchemasInTheOrderInWhichTheyWereAdded(String query, String ids, String links) {
		this.kratos.addSchema("one", "{\"type\":\"object\"}");
		this.kratos.addSchema("two", "{\"type\":\"object\"}");
		AdminClient.Answer redirect = this.client.get("/schemas?" + query);
		assertThat(redirect.status()).isEqualTo(307);
		assertThat(redirect.header("Location")).hasValue(this.kratos.publicUrl() + "/schemas?" + query);
		AdminClient.Answer answer = this.publicClient.get("/schemas?" + query);
		assertThat(answer.json().valueStream().map((schema) -> schema.path("id").asString()).toList())
			.isEqualTo(ids.isEmpty() ? List.of() : List.of(ids.split(",")));
		assertThat(answer.header("Link")
			.orElseThrow()
			.replaceAll("</schemas\\?page=(\\d+)[^>]*>; rel=\"(\\w+)\",?", "$2=$1 ")
			.strip()).isEqualTo(links);
		assertThat(answer.header("X-Total-Count")).hasValue("3");
	}

	@Test
	void linksOfAListCarryItsParameters() {
		assertThat(this.publicClient.get("/schemas?x=y").header("Link"))
			.hasValue("</schemas?page=0&page_size=1&page_token=eyJvZmZzZXQiOiIwIiwidiI6Mn0&per_page=1&x=y>; "
					+ "rel=\"first\"");
	}

	@ParameterizedTest
	@CsvSource({ "V0_10, null", "V1_0, null", "V1_3, null", "V26, []" })
	void anEmptyPageOfSchemasIsNullBefore26(KratosEra era, String body) {
		try (EmbeddedKratos server = EmbeddedKratos.builder().era(era).start()) {
			AdminClient.Answer answer = new AdminClient(server.publicUrl()).get("/schemas?page=1");
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.body()).isEqualTo(body + "\n");
		}
	}

	@ParameterizedTest
	@CsvSource({ "V0_10, 2", "V1_0, 1" })
	void aListOfSchemasIsAskedForBySizeSince11(KratosEra era, int listed) {
		try (EmbeddedKratos server = EmbeddedKratos.builder().era(era).schema("one", "{\"type\":\"object\"}").start()) {
			AdminClient.Answer answer = new AdminClient(server.publicUrl()).get("/schemas?page_size=1");
			assertThat(answer.json()).hasSize(listed);
			assertThat(answer.header("Link").orElseThrow()).startsWith("<" + server.publicUrl() + "/schemas?page=")
				.contains("&per_page=" + listed + ">");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V0_7" })
	void schemasCannotBeListedUpTo7(KratosEra era) {
		try (EmbeddedKratos server = EmbeddedKratos.builder().era(era).start()) {
			assertThat(new AdminClient(server.adminUrl()).get("/schemas").body()).isEqualTo("404 page not found\n");
			assertThat(new AdminClient(server.publicUrl()).get("/schemas").body()).isEqualTo("404 page not found\n");
		}
	}

	@Test
	void resetTakesAddedSchemasOffTheList() {
		this.kratos.addSchema("one", "{\"type\":\"object\"}");
		this.kratos.reset();
		assertThat(this.publicClient.get("/schemas").json()).hasSize(1);
	}

	private AdminClient.Answer create(String schemaId, String traits) {
		return this.client.post("/identities", "{\"schema_id\":\"" + schemaId + "\",\"traits\":" + traits + "}");
	}

}
