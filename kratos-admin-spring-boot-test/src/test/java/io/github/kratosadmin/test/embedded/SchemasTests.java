package io.github.kratosadmin.test.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;

import com.networknt.schema.SchemaContext;
import com.networknt.schema.format.Format;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
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
			"{\"$schema\":\"http://json-schema.org/draft-07/schema\"}",
			"{\"$schema\":\"https://json-schema.org/draft-07/schema#\"}", "{\"$id\":\"http://a b/%zz\"}",
			"{\"properties\":{\"traits\":{\"$ref\":\"https://schemas.example.test/traits.json\"}}}",
			"{\"properties\":{\"traits\":{\"$ref\":\"classpath:/default.schema.json\"}}}",
			"{\"properties\":{\"traits\":{\"$ref\":\"#/definitions/none\"}}}",
			"{\"properties\":{\"traits\":{\"required\":true}}}", "{\"properties\":{\"traits\":{\"type\":\"strng\"}}}",
			"{\"properties\":{\"traits\":{\"pattern\":\"^(?!x).*$\"}}}",
			"{\"properties\":{\"traits\":{\"ory.sh/kratos\":{\"foo\":1}}}}",
			"{\"properties\":{\"traits\":{\"ory.sh/kratos\":{\"verification\":{\"via\":\"fax\"}}}}}" })
	void refusesWhatKratosDoesNotStartWithOrAlwaysFailsWith(String schema) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.kratos.addSchema("bad", schema))
			.withMessageStartingWith("Schema 'bad'");
	}

	@Test
	void asksNobodyForASchemaThatIsReferredTo() throws IOException {
		try (ServerSocket elsewhere = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			String schema = "{\"$ref\":\"http://127.0.0.1:" + elsewhere.getLocalPort() + "/schema.json\"}";
			assertThatIllegalArgumentException().isThrownBy(() -> this.kratos.addSchema("bad", schema))
				.withMessageContaining("/schema.json");
			// Who had connected would be waiting to be accepted.
			elsewhere.setSoTimeout(1);
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(elsewhere::accept);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "person.schema.json", "/a/b", "https://example.test/s", "urn:x:y", "#top" })
	void schemasMayHaveAnyId(String id) {
		add("named", "\"$id\": \"" + id + "\",", "{\"$ref\":\"#/definitions/mail\"}");
		assertThat(create("named", "{\"x\":\"nope\"}").status()).isEqualTo(400);
		assertThat(create("named", "{\"x\":\"a@example.test\"}").status()).isEqualTo(201);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"type":"integer"}                             | 3                        | 201
			{"type":"integer"}                             | 123456789012345678901234 | 201
			{"type":"integer"}                             | 3.0                      | 400
			{"type":"integer"}                             | 3e0                      | 400
			{"type":["string","integer"]}                  | 3.0                      | 400
			{"type":"number"}                              | 3.0                      | 201
			{"multipleOf":0.01}                            | 19.99                    | 201
			{"multipleOf":0.01}                            | -2.5                     | 201
			{"multipleOf":0.01}                            | 0                        | 201
			{"multipleOf":0.01}                            | 100                      | 201
			{"multipleOf":0.01}                            | 1.1                      | 400
			{"multipleOf":0.01}                            | -1.1                     | 400
			{"multipleOf":0.01}                            | 33.33                    | 400
			{"multipleOf":0.01}                            | 1234.56                  | 400
			{"multipleOf":0.001}                           | 1                        | 400
			{"multipleOf":0.001}                           | 100                      | 400
			{"multipleOf":0.1}                             | 4.7                      | 400
			{"multipleOf":3}                               | 9007199254740993         | 201
			{"multipleOf":3}                               | 9007199254740992         | 400
			{"multipleOf":3}                               | "no number"              | 201
			{"enum":[1,2.0]}                               | 2                        | 201
			{"const":3}                                    | 3.0                      | 201
			{"not":{"ory.sh/kratos":{"recovery":{"via":"email"}}}}                        | "no email" | 400
			{"anyOf":[{"ory.sh/kratos":{"recovery":{"via":"email"}}},{"type":"string"}]}  | "no email" | 201
			{"oneOf":[{"ory.sh/kratos":{"recovery":{"via":"email"}}},{"type":"string"}]}  | "no email" | 400
			{"type":["string","null"],"format":"email"}    | null                     | 400
			{"format":"email"}                             | 3                        | 400
			{"format":"email"}                             | {"a":[1]}                | 400
			{"format":"email"}                             | "{a} '{0}'"              | 400
			{"ory.sh/kratos":{"credentials":{"password":{"identifier":true}}}} | null     | 201
			{"ory.sh/kratos":{"credentials":{"password":{"identifier":true}}}} | ["a",true] | 201
			{"type":"string","format":"uuid"}              | "no UUID"                | 201
			{"type":"string","format":"duration"}          | "no duration"            | 201
			{"type":"string","minLength":2,"maxLength":3}  | "\ud83d\ude00\ud83d\ude00\ud83d\ude00"     | 201
			{"$ref":"#/definitions/text","format":"email"} | "no email"               | 201
			""")
	void takesValuesAsKratosDoes(String schema, String value, int status) {
		add("odd", "", schema);
		assertThat(create("odd", "{\"x\":" + value + "}").status()).isEqualTo(status);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
			date-time             | 2026-11-27T10:00:00Z              | 2026-11-27 10:00:00Z
			date-time             | 2026-11-27T1:00:00,123456789012Z  | 2026-11-27t10:00:00z
			date-time             | 2024-02-29T23:59:59.9+24:60       | 2023-02-29T00:00:00Z
			date-time             | 0000-01-01T00:00:00-00:00         | 2026-11-27T10:00:60Z
			date                  | 2026-11-27                        | 2026-11-31
			time                  | 1:02:03Z                          | 01:02:03
			hostname              | a.-b.example.test.                | -a.example.test
			hostname              | localhost                         | a..b
			email                 | "a b"@localhost                   | a@example.test.
			tel                   | +49 176 12345191                  | 0176 12345191
			ipv4                  | 127.0.0.01                        | 127.0.0.256
			ipv4                  | +1.-0.0.0                         | 1.2.3
			ipv6                  | ::ffff:1.2.3.4                    | 1.2.3.4
			uri                   | mailto:a b                        | //example.test/a
			uri                   | HTTP://user@[::1]:/a b?%zz        | http://a b/
			uri                   | x:                                | http://example.test/%zz
			uri                   | http://example.test:1/            | http://example.test:x/
			uri-reference         | a/b:c                             | a:/ /%
			uri-template          | /a/{b}/{c}                        | /a/{b
			regex                 | ^[a-z]+$                          | a(?=b)
			json-pointer          | /a~1b/~~                          | a
			relative-json-pointer | 0#                                | /a
			""")
	void knowsFormatsAsKratosDoes(String format, String good, String bad) {
		Format known = SchemaFormats.ALL.stream()
			.filter((candidate) -> candidate.getName().equals(format))
			.findFirst()
			.orElseThrow();
		assertThat(known.matches(null, (SchemaContext) null, Json.text(good))).as(good).isTrue();
		assertThat(known.matches(null, (SchemaContext) null, Json.text(bad))).as(bad).isFalse();
	}

	@Test
	void phoneNumbersAreVerifiedRecoveredBySmsAndIdentifiers() {
		add("phone", "", """
				{"type": "string", "format": "tel", "ory.sh/kratos": {"verification": {"via": "sms"},
				"recovery": {"via": "sms"}, "credentials": {"password": {"identifier": true},
				"code": {"identifier": true, "via": "sms"}}}}""");
		AdminClient.Answer created = create("phone", "{\"x\":\"+49 176 12345192\"}");
		assertThat(created.status()).isEqualTo(201);
		assertThat(created.at("/verifiable_addresses/0/via").asString()).isEqualTo("sms");
		assertThat(created.at("/verifiable_addresses/0/value").asString()).isEqualTo("+49 176 12345192");
		assertThat(created.at("/recovery_addresses/0/via").asString()).isEqualTo("sms");
		assertThat(created.at("/credentials/password/identifiers/0").asString()).isEqualTo("+49 176 12345192");
		assertThat(created.at("/credentials/code/identifiers/0").asString()).isEqualTo("+4917612345192");
		assertThat(created.at("/credentials/code/version").asInt()).isOne();
		assertThat(this.client.get("/identities/" + created.at("/id").asString() + "?include_credential=code")
			.at("/credentials/code/config/addresses/0/channel")
			.asString()).isEqualTo("sms");
		assertThat(create("phone", "{\"x\":\"12\"}").at("/error/reason").asString()).contains("is not valid \"tel\"");
	}

	@Test
	void aPhoneNumberToVerifyNeedsAFormat() {
		add("phone", "", "{\"type\":\"string\",\"ory.sh/kratos\":{\"verification\":{\"via\":\"sms\"}}}");
		assertThat(create("phone", "{\"x\":\"+4917612345192\"}").at("/error/reason").asString())
			.contains("no format specified");
		add("any", "", """
				{"type": "string", "format": "no-validate", "ory.sh/kratos": {"verification": {"via": "sms"}}}""");
		assertThat(create("any", "{\"x\":\"whatever\"}").at("/verifiable_addresses/0/value").asString())
			.isEqualTo("whatever");
	}

	@ParameterizedTest
	@CsvSource({ "V0_6, phone, 400", "V0_7, sms, 400", "V0_10, phone, 201", "V1_0, phone, 201", "V1_0, sms, 400",
			"V1_3, sms, 201" })
	void phoneNumbersAreVerifiedByEra(KratosEra era, String via, int status) {
		try (EmbeddedKratos server = EmbeddedKratos.builder().era(era).start()) {
			server.addSchema("phone",
					schema("", "{\"type\":\"string\",\"format\":\"tel\",\"ory.sh/kratos\":{\"verification\":{\"via\":\""
							+ via + "\"}}}"));
			String prefix = era.hasAdminPrefix() ? "/admin" : "";
			assertThat(new AdminClient(server.adminUrl())
				.post(prefix + "/identities", "{\"schema_id\":\"phone\",\"traits\":{\"x\":\"+4917612345192\"}}")
				.status()).isEqualTo(status);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { " spaced@example.test", "SPACED@example.test", "\u00a0spaced@example.test" })
	void anIdentifierIsTheSameWithSpacesAroundItAndInUpperCase(String same) {
		add("named", "",
				"{\"type\":\"string\",\"ory.sh/kratos\":{\"credentials\":{\"password\":{\"identifier\":true}}}}");
		assertThat(create("named", "{\"x\":\"spaced@example.test\"}").status()).isEqualTo(201);
		assertThat(create("named", "{\"x\":\"" + same + "\"}").status()).isEqualTo(409);
	}

	@ParameterizedTest
	@EnumSource(names = { "V1_3", "V26" })
	void theSameIdentifierTwiceWithASpaceAroundOneConflictsWithItself(KratosEra era) {
		try (EmbeddedKratos server = EmbeddedKratos.builder().era(era).start()) {
			server.addSchema("named", schema("",
					"{\"items\":{\"ory.sh/kratos\":{\"credentials\":{\"password\":{\"identifier\":true}}}}}"));
			AdminClient admin = new AdminClient(server.adminUrl());
			assertThat(admin.post("/admin/identities", named("[\"A@x.test\",\" a@x.test\"]")).status()).isEqualTo(409);
			AdminClient.Answer created = admin.post("/admin/identities", named("[\"A@x.test\",\"a@X.test\",\" B \"]"));
			assertThat(created.at("/credentials/password/identifiers")).as("not stored yet")
				.hasToString("[\"a@x.test\",\" b \"]");
			String path = "/admin/identities/" + created.at("/id").asString();
			assertThat(admin.get(path).at("/credentials/password/identifiers")).hasToString("[\"a@x.test\",\"b\"]");
			assertThat(admin.put(path, named("[\"b\",\"b \"]")).status()).isEqualTo(409);
			assertThat(admin.put(path, named("[\" b\"]")).status()).isEqualTo(200);
		}
	}

	private static String named(String x) {
		return "{\"schema_id\":\"named\",\"traits\":{\"x\":" + x + "}}";
	}

	@Test
	void aCodeNeedsAWay() {
		add("code", "", "{\"type\":\"string\",\"ory.sh/kratos\":{\"credentials\":{\"code\":{\"identifier\":true}}}}");
		AdminClient.Answer answer = create("code", "{\"x\":\"a@example.test\"}");
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.at("/error/reason").asString()).contains("channel type \"\" must be one of email, sms");
		assertThat(create("code", "{}").status()).isEqualTo(201);
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

	@ParameterizedTest
	@ValueSource(strings = { "a@example.test", "a.b+c@localhost", "\u00e5@example.test", "\"a b\"@example.test",
			" a@example.test", "\"a\\\"b\"@example.test" })
	void takesForAnEmailWhatKratosTakes(String email) {
		assertThat(Email.isEmail(email)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "@example.test", "a@", "a b@example.test", "a@-example.test", "a@example.test.",
			"a@example.test ", "a@example..test", ".a@example.test", "a@ex_ample.test", "<a@example.test>" })
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
			page=1&per_page=1                                        | one,two         | first=0 next=2 prev=0 last=2
			page=2&per_page=1                                        | two             | first=0 prev=1
			page=3&per_page=1                                        | ''              | first=0 prev=1
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

	private void add(String id, String keywords, String schemaOfX) {
		this.kratos.addSchema(id, schema(keywords, schemaOfX));
	}

	private static String schema(String keywords, String schemaOfX) {
		return """
				{
				  %s
				  "definitions": {"mail": {"type": "string", "format": "email"}, "text": {"type": "string"}},
				  "type": "object",
				  "properties": {"traits": {"type": "object", "properties": {"x": %s}}}
				}
				""".formatted(keywords, schemaOfX);
	}

	private AdminClient.Answer create(String schemaId, String traits) {
		return this.client.post("/identities", "{\"schema_id\":\"" + schemaId + "\",\"traits\":" + traits + "}");
	}

}
