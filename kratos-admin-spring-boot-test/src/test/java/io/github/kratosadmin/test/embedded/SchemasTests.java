package io.github.kratosadmin.test.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.StringNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for the identity schemas of an {@link EmbeddedKratos}.
 */
class SchemasTests {

	private static final String SCHEMA = "{\"properties\":{\"traits\":{\"properties\":{\"x\":{}}}}}";

	private final EmbeddedKratos kratos = EmbeddedKratos.start();

	private final AdminClient client = new AdminClient(this.kratos.adminUrl());

	private final AdminClient publicClient = new AdminClient(this.kratos.publicUrl());

	@AfterEach
	void close() {
		this.kratos.close();
	}

	@Test
	void returnsSchemaAsAddedOrReformatted() {
		String schema = "{ \"properties\" :\n{\"traits\":{\"properties\":{\"x\":{}}}} }";
		this.kratos.addSchema("odd", schema);
		assertThat(new AdminClient(this.kratos.publicUrl()).get("/schemas/odd").body())
			.isEqualTo("{\"properties\":{\"traits\":{\"properties\":{\"x\":{}}}}}\n");
		try (EmbeddedKratos older = EmbeddedKratos.builder().era(KratosEra.V1_3).schema("odd", schema).start()) {
			assertThat(new AdminClient(older.publicUrl()).get("/schemas/odd").body()).isEqualTo(schema);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]" })
	void refusesInvalidSchema(String schema) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.kratos.addSchema("bad", schema))
			.withMessageStartingWith("Schema 'bad'");
		EmbeddedKratos.Builder builder = EmbeddedKratos.builder().schema("bad", schema);
		assertThatIllegalArgumentException().isThrownBy(builder::start).withMessageStartingWith("Schema 'bad'");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			"$schema":"https://json-schema.org/draft/2020-12/schema" | its $schema must be one of
			"$schema":"http://json-schema.org/draft-07/schema"       | its $schema must be one of
			"$schema":"https://json-schema.org/draft-07/schema#"     | its $schema must be one of
			"$id":"http://a b/%zz"                                   | $id
			"$id":"https://example.test:port/x"                      | $id
			"$ref":"classpath:/default.schema.json"                  | would have to download classpath:
			""")
	void refusesKeywordsThatKratosCannotUse(String keywords, String reason) {
		assertThatIllegalArgumentException().isThrownBy(() -> add("bad", keywords + ",", "{}"))
			.withMessageStartingWith("Schema 'bad'")
			.withMessageContaining(reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"$ref":"https://schemas.example.test/traits.json"}       | would have to download https://schemas
					{"$ref":"https://example.test/s.json#/definitions/mail"}  | would have to download https://example.test/s.json
					{"$ref":"s.json#/definitions/mail"}                       | would have to download https://example.test/s.json
					{"$ref":"#/definitions/none"}                             | /definitions/none
					{"$ref":"#none"}                                          | would have to download https://example.test/s.json
					{"required":true}                                         | required
					{"type":"strng"}                                          | type
					{"pattern":"^(?!x).*$"}                                   | pattern
					true                                                      | /x must be an object
					{"ory.sh/kratos":{"foo":1}}                               | /x/ory.sh/kratos/foo
					{"items":{"ory.sh/kratos":{"foo":1}}}                     | /x/items/ory.sh/kratos/foo
					{"ory.sh/kratos":null}                                    | /x/ory.sh/kratos has
					{"ory.sh/kratos":{"verification":"email"}}                | /x/ory.sh/kratos/verification has
					{"ory.sh/kratos":{"verification":{"via":"fax"}}}          | /verification/via has
					{"ory.sh/kratos":{"credentials":{"password":true}}}       | /credentials/password has
					{"ory.sh/kratos":{"credentials":{"password":{"identifier":"true"}}}} | /identifier has
					{"ory.sh/kratos":{"credentials":{"password":{"identifier":1}}}}      | /identifier has
					{"format":"uri","ory.sh/kratos":{"verification":{"via":"email"}}}    | its format must be one of
					""")
	void refusesTraitsThatKratosCannotUse(String schemaOfX, String reason) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> add("bad", "\"$id\":\"https://example.test/s.json\",", schemaOfX))
			.withMessageStartingWith("Schema 'bad'")
			.withMessageContaining(reason);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"properties\":{}}", "{\"properties\":{\"traits\":{\"type\":\"object\"}}}",
			"{\"properties\":{\"traits\":{\"properties\":{}}}}" })
	void acceptsSchemaWithoutTraits(String schema) {
		assertThatNoException().isThrownBy(() -> this.kratos.addSchema("bare", schema));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"properties\":{\"traits\":true}}",
			"{\"properties\":{\"traits\":{\"type\":[\"object\"],\"properties\":{\"x\":{}}}}}",
			"{\"properties\":{\"traits\":{\"$ref\":\"#/definitions/t\"}},\"definitions\":{\"t\":{\"properties\":{\"x\":{}}}}}",
			"{\"properties\":{\"traits\":{\"allOf\":[{\"properties\":{\"x\":{}}}]}}}",
			"{\"$schema\":\"http://json-schema.org/draft-04/schema#\",\"properties\":{\"traits\":{\"properties\":"
					+ "{\"x\":{\"minimum\":1,\"exclusiveMinimum\":true}}}}}" })
	void refusesUnsupportedTraitsAndInvalidDraft7SinceV0_10(String schema) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.kratos.addSchema("bad", schema));
		EmbeddedKratos.builder().era(KratosEra.V0_7).schema("good", schema).start().close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			V26   | {"verification":{"via":"phone"}}
			V26   | {"credentials":{"code":{"via":"phone"}}}
			V1_3  | {"verification":{"via":"phone"}}
			V1_3  | {"recovery":{"via":"sms"}}
			V1_3  | {"organizations":{"matcher":"email_domain"}}
			V1_0  | {"credentials":{"code":{"identifier":true}}}
			V1_0  | {"verification":{"via":"sms"}}
			V0_10 | {"organizations":{"matcher":"email_domain"}}
			V0_10 | {"credentials":{"code":{"identifier":true}}}
			V0_10 | {"credentials":{"passkey":{"display_name":true}}}
			V0_10 | {"verification":{"via":"sms"}}
			V0_7  | {"verification":{"via":"sms"}}
			V0_7  | {"credentials":{"webauthn":{"identifier":true}}}
			""")
	void refusesExtensionsOfOtherEras(KratosEra era, String extension) {
		EmbeddedKratos.Builder builder = EmbeddedKratos.builder()
			.era(era)
			.schema("bad", schema("", "{\"ory.sh/kratos\":" + extension + "}"));
		assertThatIllegalArgumentException().isThrownBy(builder::start)
			.withMessageContaining("has an unsupported value");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			V26   | {"verification":{"via":"sms"},"recovery":{"via":"sms"},"organizations":{"matcher":"email_domain"}}
			V1_3  | {"credentials":{"passkey":{"display_name":true},"code":{"identifier":true,"via":"sms"}}}
			V1_0  | {"verification":{"via":"phone"},"recovery":{"via":"email"}}
			V0_10 | {"credentials":{"webauthn":{"identifier":true},"totp":{"account_name":true}}}
			V0_7  | {"credentials":{"password":{"identifier":false}}}
			""")
	void acceptsExtensionsOfItsEra(KratosEra era, String extension) {
		EmbeddedKratos.builder()
			.era(era)
			.schema("good", schema("", "{\"ory.sh/kratos\":" + extension + "}"))
			.start()
			.close();
	}

	@Test
	void verifiesAnyFormatBeforeV1_3() {
		EmbeddedKratos.builder()
			.era(KratosEra.V0_10)
			.schema("good", schema("", "{\"format\":\"uri\",\"ory.sh/kratos\":{\"verification\":{\"via\":\"email\"}}}"))
			.start()
			.close();
	}

	@Test
	@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
	void doesNotDownloadReferencedSchema() throws IOException {
		try (ServerSocket elsewhere = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			String schemaOfX = "{\"$ref\":\"http://127.0.0.1:" + elsewhere.getLocalPort() + "/schema.json\"}";
			assertThatIllegalArgumentException().isThrownBy(() -> add("bad", "", schemaOfX))
				.withMessageContaining("/schema.json");
			// A connection would be waiting to be accepted.
			elsewhere.setSoTimeout(1);
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(elsewhere::accept);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "person.schema.json", "/a/b", "https://example.test/s", "urn:x:y", "#top", "",
			"Identity Schema", "${BASE}/x.json", "{{ .Values.id }}", "https://example.test/{tenant}/x.json",
			"C:\\\\x\\\\y.json", "<id>", "http://json-schema.org/draft-07/schema#" })
	void acceptsAnySchemaId(String id) {
		add("named", "\"$id\": \"" + id + "\",", "{\"$ref\":\"#/definitions/mail\"}");
		assertThat(create("named", "{\"x\":\"nope\"}").status()).isEqualTo(400);
		assertThat(create("named", "{\"x\":\"a@example.test\"}").status()).isEqualTo(201);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"$id":"/properties/x","items":{"$ref":"#/definitions/mail"}}
			{"$id":"https://other.test/x","items":{"$ref":"#/definitions/mail"}}
			{"items":{"$ref":"#mail"},"not":{"$id":"#mail","$ref":"#/definitions/mail"}}
			{"items":{"$ref":"mail.json"},"not":{"$id":"mail.json","$ref":"#/definitions/mail"}}
			{"items":{"$ref":"https://example.test/b/mail"},"not":{"$id":"b/mail","$ref":"#/definitions/mail"}}
			{"$schema":"http://nobody.test/schema#","items":{"$ref":"#/definitions/mail"}}
			""")
	void resolvesReferencesToDocumentAndIdsOfSubschemas(String schema) {
		add("named", "\"$id\":\"https://example.test/s.json\",\"$schema\":\"http://json-schema.org/schema#\",", schema);
		assertThat(create("named", "{\"x\":[\"nope\"]}").status()).isEqualTo(400);
		assertThat(create("named", "{\"x\":[\"a@example.test\"]}").status()).isEqualTo(201);
	}

	@Test
	void ignoresReferencesOfUnusedSubschemas() {
		add("named", "", "{\"enum\":[{\"$id\":\"a\"}]}");
		assertThat(create("named", "{\"x\":{\"$id\":\"a\"}}").status()).isEqualTo(201);
		this.kratos.addSchema("odd", "{\"properties\":{\"traits\":{\"properties\":{\"$id\":{\"$ref\":\"#\"}}}},"
				+ "\"definitions\":{\"unused\":{\"$ref\":\"http://127.0.0.1:9/x\"}}}");
		assertThat(create("odd", "{}").status()).isEqualTo(201);
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
			{"const":{"a":[1.0]}}                          | {"a":[1]}                | 201
			{"const":{"a":[1.0]}}                          | {"a":[2]}                | 400
			{"const":1}                                    | true                     | 400
			{"enum":[[{"a":1}]]}                           | [{"a":1.0}]              | 201
			{"enum":[[{"a":1}]]}                           | [{"a":"1"}]              | 400
			{"uniqueItems":true}                           | [1,1.0]                  | 400
			{"uniqueItems":true}                           | [{"a":1},2,{"a":1.0}]    | 400
			{"uniqueItems":true}                           | [1,"1",true,[1]]         | 201
			{"uniqueItems":false}                          | [1,1]                    | 201
			{"contentEncoding":"base64"}                   | "aGVsbG8="               | 201
			{"contentEncoding":"base64"}                   | "aGVs\\nbG8="            | 201
			{"contentEncoding":"base64"}                   | "aGVsbG8"                | 400
			{"contentEncoding":"base64"}                   | "not base64!"            | 400
			{"contentEncoding":"base64"}                   | 3                        | 201
			{"contentEncoding":"none"}                     | "aGVsbG8"                | 201
			{"type":"integer","minimum":0}                 | 1e400                    | 400
			{"type":"integer","minimum":0}                 | 1.5                      | 400
			{"type":"integer","minimum":0}                 | 3                        | 201
			{"type":"number","minimum":0}                  | 1e400                    | 201
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
	void validatesValuesAsKratosDoes(String schema, String value, int status) {
		add("odd", "", schema);
		assertThat(create("odd", "{\"x\":" + value + "}").status()).isEqualTo(status);
	}

	@ParameterizedTest
	@CsvFileSource(resources = "/formats.csv", delimiter = '|', quoteCharacter = '`')
	void validatesFormatsAsKratosDoes(String format, String good, String bad) {
		add("formatted", "", "{\"format\":\"" + format + "\"}");
		assertThat(create("formatted", "{\"x\":" + StringNode.valueOf(good) + "}").status()).as(good).isEqualTo(201);
		assertThat(create("formatted", "{\"x\":" + StringNode.valueOf(bad) + "}").status()).as(bad).isEqualTo(400);
	}

	@Test
	void supportsPhoneNumberAsAddressAndIdentifier() {
		add("phone", "", """
				{"type": "string", "format": "tel", "ory.sh/kratos": {"verification": {"via": "sms"},
				"recovery": {"via": "sms"}, "credentials": {"password": {"identifier": true},
				"code": {"identifier": true, "via": "sms"}}}}""");
		AdminClient.Response created = create("phone", "{\"x\":\"+49 176 12345192\"}");
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
	void verifiablePhoneNumberRequiresFormat() {
		add("phone", "", "{\"type\":\"string\",\"ory.sh/kratos\":{\"verification\":{\"via\":\"sms\"}}}");
		assertThat(create("phone", "{\"x\":\"+4917612345192\"}").at("/error/reason").asString())
			.contains("no format specified");
		add("any", "", """
				{"type": "string", "format": "no-validate", "ory.sh/kratos": {"verification": {"via": "sms"}}}""");
		assertThat(create("any", "{\"x\":\"whatever\"}").at("/verifiable_addresses/0/value").asString())
			.isEqualTo("whatever");
	}

	@ParameterizedTest
	@CsvSource({ "V0_6, phone, 400", "V0_10, phone, 201", "V1_0, phone, 201", "V1_3, sms, 201" })
	void verifiesPhoneNumbersSinceV0_10(KratosEra era, String via, int status) {
		try (EmbeddedKratos server = EmbeddedKratos.builder().era(era).start()) {
			server.addSchema("phone",
					schema("", "{\"type\":\"string\",\"format\":\"tel\",\"ory.sh/kratos\":{\"verification\":{\"via\":\""
							+ via + "\"}}}"));
			String prefix = AdminClient.prefix(era);
			assertThat(new AdminClient(server.adminUrl())
				.post(prefix + "/identities", "{\"schema_id\":\"phone\",\"traits\":{\"x\":\"+4917612345192\"}}")
				.status()).isEqualTo(status);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { " spaced@example.test", "SPACED@example.test", "\u00a0spaced@example.test" })
	void identifiersIgnoreCaseAndSurroundingSpaces(String same) {
		add("named", "",
				"{\"type\":\"string\",\"ory.sh/kratos\":{\"credentials\":{\"password\":{\"identifier\":true}}}}");
		assertThat(create("named", "{\"x\":\"spaced@example.test\"}").status()).isEqualTo(201);
		assertThat(create("named", "{\"x\":\"" + same + "\"}").status()).isEqualTo(409);
	}

	/** Java would convert the first character to two. */
	@Test
	void convertsIdentifierToLowerCaseAsGoDoes() {
		add("named", "",
				"{\"type\":\"string\",\"ory.sh/kratos\":{\"credentials\":{\"password\":{\"identifier\":true}}}}");
		AdminClient.Response created = create("named", "{\"x\":\"\u0130brahim@Example.test\"}");
		assertThat(created.at("/credentials/password/identifiers/0").asString()).isEqualTo("ibrahim@example.test");
		assertThat(create("named", "{\"x\":\"ibrahim@example.test\"}").status()).isEqualTo(409);
	}

	@ParameterizedTest
	@EnumSource(names = { "V1_3", "V26" })
	void sameIdentifierWithAndWithoutSpaceConflicts(KratosEra era) {
		try (EmbeddedKratos server = EmbeddedKratos.builder().era(era).start()) {
			server.addSchema("named", schema("",
					"{\"items\":{\"ory.sh/kratos\":{\"credentials\":{\"password\":{\"identifier\":true}}}}}"));
			AdminClient admin = new AdminClient(server.adminUrl());
			assertThat(admin.post("/admin/identities", named("[\"A@x.test\",\" a@x.test\"]")).status()).isEqualTo(409);
			AdminClient.Response created = admin.post("/admin/identities",
					named("[\"A@x.test\",\"a@X.test\",\" B \"]"));
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

	@ParameterizedTest
	@CsvSource({ "Foo, pending", "foo, completed" })
	void comparesKnownAddressesInLowerCaseUnlessTraitIsNoEmail(String value, String status) {
		add("any", "", """
				{"type": "string", "format": "no-validate", "ory.sh/kratos": {"verification": {"via": "email"}}}""");
		assertThat(this.client.post("/identities",
				"{\"schema_id\":\"any\",\"traits\":{\"x\":\"" + value + "\"},\"verifiable_addresses\":[{\"value\":\""
						+ value + "\",\"via\":\"email\",\"verified\":true}]}")
			.at("/verifiable_addresses/0/status")
			.asString()).isEqualTo(status);
	}

	@ParameterizedTest
	@CsvSource({ "V1_3, A@x.test, 409", "V26, A@x.test, 409", "V26, a@x.test, 201" })
	void sameAddressInTwoSpellingsConflicts(KratosEra era, String x, int status) {
		try (EmbeddedKratos server = EmbeddedKratos.builder().era(era).start()) {
			server.addSchema("named", schema("", """
					{"properties": {
					"a": {"format": "email", "ory.sh/kratos": {"verification": {"via": "email"}}},
					"b": {"format": "no-validate", "ory.sh/kratos": {"verification": {"via": "email"}}}}}"""));
			assertThat(new AdminClient(server.adminUrl())
				.post("/admin/identities", named("{\"a\":\"" + x + "\",\"b\":\"" + x + "\"}"))
				.status()).isEqualTo(status);
		}
	}

	@ParameterizedTest
	@CsvSource({ "V1_3, ''", "V26, invalid_configuration" })
	void emptyIdentifierIsInternalError(KratosEra era, String id) {
		try (EmbeddedKratos server = EmbeddedKratos.builder().era(era).start()) {
			server.addSchema("named",
					schema("", "{\"ory.sh/kratos\":{\"credentials\":{\"password\":{\"identifier\":true}}}}"));
			AdminClient.Response response = new AdminClient(server.adminUrl()).post("/admin/identities",
					named("\" \""));
			assertThat(response.status()).isEqualTo(500);
			assertThat(response.at("/error/id").asString("")).isEqualTo(id);
			assertThat(response.at("/error/message").asString())
				.isEqualTo(id.isEmpty() ? "An internal server error occurred, please contact the system administrator"
						: "Invalid configuration");
			assertThat(response.at("/error/reason").asString()).contains("missing or empty identifier");
		}
	}

	@Test
	void codeRequiresChannel() {
		add("code", "", "{\"type\":\"string\",\"ory.sh/kratos\":{\"credentials\":{\"code\":{\"identifier\":true}}}}");
		AdminClient.Response response = create("code", "{\"x\":\"a@example.test\"}");
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.at("/error/reason").asString()).contains("channel type \"\" must be one of email, sms");
		assertThat(create("code", "{}").status()).isEqualTo(201);
	}

	@ParameterizedTest
	@ValueSource(strings = { "04", "06", "07" })
	void supportsDraftsOfKratos(String draft) {
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
	void acceptsSchemasWithSameId() {
		add("one", "\"$id\":\"https://example.test/s\",", "{}");
		add("two", "\"$id\":\"https://example.test/s\",\"required\":[\"nothing\"],", "{}");
		assertThat(create("one", "{}").status()).isEqualTo(201);
		assertThat(create("two", "{}").status()).isEqualTo(400);
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
	void listsSchemasInOrderOfAddition(String query, String ids, String links) {
		this.kratos.addSchema("one", SCHEMA);
		this.kratos.addSchema("two", SCHEMA);
		AdminClient.Response redirect = this.client.get("/schemas?" + query);
		assertThat(redirect.status()).isEqualTo(307);
		assertThat(redirect.header("Location")).hasValue(this.kratos.publicUrl() + "/schemas?" + query);
		AdminClient.Response response = this.publicClient.get("/schemas?" + query);
		assertThat(response.json().valueStream().map((schema) -> schema.path("id").asString()).toList())
			.isEqualTo(ids.isEmpty() ? List.of() : List.of(ids.split(",")));
		assertThat(response.header("Link")
			.orElseThrow()
			.replaceAll("</schemas\\?page=(\\d+)[^>]*>; rel=\"(\\w+)\",?", "$2=$1 ")
			.strip()).isEqualTo(links);
		assertThat(response.header("X-Total-Count")).hasValue("3");
	}

	@Test
	void linksOfListKeepItsParameters() {
		assertThat(this.publicClient.get("/schemas?x=y").header("Link"))
			.hasValue("</schemas?page=0&page_size=1&page_token=eyJvZmZzZXQiOiIwIiwidiI6Mn0&per_page=1&x=y>; "
					+ "rel=\"first\"");
	}

	@ParameterizedTest
	@CsvSource({ "V0_10, null", "V1_0, null", "V1_3, null", "V26, []" })
	void emptyPageOfSchemasIsNullBeforeV26(KratosEra era, String body) {
		try (EmbeddedKratos server = EmbeddedKratos.builder().era(era).start()) {
			AdminClient.Response response = new AdminClient(server.publicUrl()).get("/schemas?page=1");
			assertThat(response.status()).isEqualTo(200);
			assertThat(response.body()).isEqualTo(body + "\n");
		}
	}

	@ParameterizedTest
	@CsvSource({ "V0_10, 2", "V1_0, 1" })
	void acceptsPageSizeOfSchemasSinceV1_0(KratosEra era, int listed) {
		try (EmbeddedKratos server = EmbeddedKratos.builder().era(era).schema("one", SCHEMA).start()) {
			AdminClient.Response response = new AdminClient(server.publicUrl()).get("/schemas?page_size=1");
			assertThat(response.json()).hasSize(listed);
			assertThat(response.header("Link").orElseThrow()).startsWith("<" + server.publicUrl() + "/schemas?page=")
				.contains("&per_page=" + listed + ">");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V0_7" })
	void cannotListSchemasBeforeV0_10(KratosEra era) {
		try (EmbeddedKratos server = EmbeddedKratos.builder().era(era).start()) {
			assertThat(new AdminClient(server.adminUrl()).get("/schemas").body()).isEqualTo("404 page not found\n");
			assertThat(new AdminClient(server.publicUrl()).get("/schemas").body()).isEqualTo("404 page not found\n");
		}
	}

	@Test
	void resetRemovesAddedSchemas() {
		this.kratos.addSchema("one", SCHEMA);
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

	private AdminClient.Response create(String schemaId, String traits) {
		return this.client.post("/identities", "{\"schema_id\":\"" + schemaId + "\",\"traits\":" + traits + "}");
	}

}
