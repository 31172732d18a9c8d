package io.github.kratosadmin.test.embedded;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what only {@link KratosEra#NEXT} has, as far as no recording has it.
 */
class NextEraTests {

	private static final String UNKNOWN_ID = "12345678-9abc-4def-8123-456789abcdef";

	private final EmbeddedKratos kratos = EmbeddedKratos.builder()
		.era(KratosEra.NEXT)
		.oidcProvider("github")
		.oidcProvider("google")
		.start();

	private final AdminClient client = new AdminClient(this.kratos.adminUrl());

	@AfterEach
	void close() {
		this.kratos.close();
	}

	private AdminClient.Response manageSessions(String body) {
		return this.client.post("/admin/sessions", body);
	}

	@Test
	void managesAtMost500Ids() {
		for (String field : List.of("identities", "sessions")) {
			assertThat(manageSessions("{\"action\":\"delete\",\"" + field + "\":" + ids(500) + "}").json())
				.hasToString("{\"processed\":0,\"more\":false}");
			AdminClient.Response refused = manageSessions("{\"action\":\"delete\",\"" + field + "\":" + ids(501) + "}");
			assertThat(refused.status()).isEqualTo(400);
			assertThat(refused.at("/error/reason").asString())
				.isEqualTo("Could not parse '" + field + "' field: at most 500 IDs may be provided per call");
		}
	}

	private static String ids(int number) {
		return IntStream.range(0, number)
			.mapToObj((i) -> "\"" + UNKNOWN_ID + "\"")
			.collect(Collectors.joining(",", "[", "]"));
	}

	@ParameterizedTest
	@CsvSource({ "disable", "delete" })
	void endsSessionsOfEverybodyIn5000s(String action) {
		String id = this.client.createIdentity("a@example.test");
		IntStream.range(0, 5001).forEach((i) -> this.kratos.createSession(id));
		String body = "{\"action\":\"" + action + "\",\"identities\":[\"*\"]}";
		assertThat(manageSessions(body).json()).hasToString("{\"processed\":5000,\"more\":true}");
		assertThat(manageSessions(body).json()).hasToString("{\"processed\":1,\"more\":false}");
		assertThat(manageSessions(body).json()).hasToString("{\"processed\":0,\"more\":false}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = {
					"{\"action\":1}; cannot unmarshal number into Go struct field ManageSessionsBody.action of type "
							+ "session.ManageSessionsAction",
					"[]; cannot unmarshal array into Go value of type " + "session.ManageSessionsBody",
					"{\"action\":\"delete\",\"identities\":[1]}; cannot unmarshal number into Go struct field "
							+ "ManageSessionsBody.identities of type string" })
	void refusesBodyOfWrongType(String body, String problem) {
		AdminClient.Response refused = manageSessions(body);
		assertThat(refused.at("/error/reason").asString()).isEqualTo("Invalid JSON body.");
		assertThat(refused.at("/error/message").asString()).isEqualTo("json: " + problem);
	}

	@ParameterizedTest
	@CsvSource({
			"'{\"action\":\"delete\",\"identities\":[null]}', '\"\" as UUID: uuid: incorrect UUID length 0 in "
					+ "string \"\"'",
			"'{\"action\":\"delete\",\"identities\":[\"a\\\"b\"]}', '\"a\\\"b\" as UUID: uuid: "
					+ "incorrect UUID length 3 in string \"a\\\"b\"'" })
	void quotesMalformedIds(String body, String problem) {
		assertThat(manageSessions(body).at("/error/reason").asString())
			.isEqualTo("Could not parse 'identities' field: could not parse " + problem);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "NEXT")
	void olderErasHaveNeitherOperation(KratosEra era) {
		try (EmbeddedKratos older = EmbeddedKratos.builder().era(era).oidcProvider("github").start()) {
			AdminClient admin = new AdminClient(older.adminUrl());
			String prefix = AdminClient.prefix(era);
			assertThat(admin.post(prefix + "/sessions", "{\"action\":\"delete\",\"identities\":[\"*\"]}").status())
				.isIn(404, 405);
			assertThat(admin.post(prefix + "/test-login-flows", "{\"provider_id\":\"github\"}").status())
				.isEqualTo(404);
		}
	}

	@Test
	void startsTestLoginFlowsOfEachProvider() {
		for (String provider : List.of("github", "google")) {
			AdminClient.Response response = this.client.post("/admin/test-login-flows",
					"{\"provider_id\":\"" + provider + "\"}");
			assertThat(response.status()).isEqualTo(201);
			assertThat(response.at("/ui/nodes/1/attributes/value").asString()).isEqualTo(provider);
		}
		assertThat(this.client.post("/admin/test-login-flows", "{\"provider_id\":\"gitlab\"}").status()).isEqualTo(404);
	}

	@Test
	void otherLoginFlowsAreNoTestsOfProviders() {
		AdminClient open = new AdminClient(this.kratos.publicUrl());
		String id = this.kratos.createFlow(FlowKind.LOGIN, FlowClient.API);
		AdminClient.Response flow = open.get("/self-service/login/flows?id=" + id);
		assertThat(flow.json().has("test_context")).isFalse();
		assertThat(flow.at("/refresh").asBoolean()).isFalse();
	}

	private AdminClient.Response create(String credentials) {
		return this.client.post("/admin/identities",
				"{\"traits\":{\"email\":\"a@example.test\"},\"credentials\":" + credentials + "}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {
			"{\"webauthn\":{\"config\":{\"credentials\":[{\"id\":[256]}]}}}; json: cannot unmarshal number 256 into Go "
					+ "struct field CredentialWebAuthn.credentials.webauthn.config.credentials.id of type uint8",
			"{\"webauthn\":{\"config\":{\"credentials\":[{\"id\":[\"a\"]}]}}}; json: cannot unmarshal string into Go "
					+ "struct field CredentialWebAuthn.credentials.webauthn.config.credentials.id of type uint8",
			"{\"webauthn\":{\"config\":{\"user_handle\":1}}}; json: cannot unmarshal number into Go struct field "
					+ "AdminIdentityImportCredentialsWebAuthnConfig.credentials.webauthn.config.user_handle of type "
					+ "[]uint8",
			"{\"passkey\":{\"config\":{\"credentials\":{}}}}; json: cannot unmarshal object into Go struct field "
					+ "AdminIdentityImportCredentialsPasskeyConfig.credentials.passkey.config.credentials of type "
					+ "identity.CredentialsWebAuthn",
			"{\"webauthn\":{\"config\":{\"credentials\":[{\"authenticator\":{\"sign_count\":-1}}]}}}; json: cannot "
					+ "unmarshal number -1 into Go struct field AuthenticatorWebAuthn.credentials.webauthn.config."
					+ "credentials.authenticator.sign_count of type uint32",
			"{\"webauthn\":{\"config\":{\"credentials\":[{\"transport\":[1]}]}}}; json: cannot unmarshal number into Go "
					+ "struct field CredentialWebAuthn.credentials.webauthn.config.credentials.transport of type "
					+ "protocol.AuthenticatorTransport",
			"{\"lookup_secret\":{\"config\":{\"codes\":[\"a\"]}}}; json: cannot unmarshal string into Go struct field "
					+ "AdminIdentityImportCredentialsLookupSecretConfig.credentials.lookup_secret.config.codes of type "
					+ "identity.RecoveryCode",
			"{\"totp\":{\"config\":1}}; json: cannot unmarshal number into Go struct field "
					+ "AdminIdentityImportCredentialsTOTP.credentials.totp.config of type "
					+ "identity.AdminIdentityImportCredentialsTOTPConfig",
			"{\"webauthn\":{\"config\":{\"credentials\":[{\"flags\":{\"x\":1}}]}}}; json: unknown field \"x\"" })
	void refusesCredentialsOfWrongType(String credentials, String problem) {
		AdminClient.Response refused = create(credentials);
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.at("/error/message").asString()).isEqualTo(problem);
	}

	@Test
	void readsBinaryDataFromNumbers() {
		String id = create("{\"passkey\":{\"config\":{\"credentials\":[{\"id\":[1,255]}],\"user_handle\":[104]}}}")
			.at("/id")
			.asString();
		AdminClient.Response shown = this.client.get("/admin/identities/" + id + "?include_credential=passkey");
		assertThat(shown.at("/credentials/passkey/identifiers")).hasToString("[\"h\"]");
		assertThat(shown.at("/credentials/passkey/config/credentials/0/id").asString()).isEqualTo("Af8=");
	}

	@ParameterizedTest
	@CsvSource({ "{}, '[{\"is_passwordless\":false}]'", "{\"credentials\":[]}, []" })
	void securityKeysGetAUserHandleWithoutOne(String config, String keys) {
		String id = create("{\"webauthn\":{\"config\":" + config + "}}").at("/id").asString();
		AdminClient.Response shown = this.client.get("/admin/identities/" + id + "?include_credential=webauthn");
		assertThat(shown.at("/credentials/webauthn/config/credentials")).hasToString(keys);
		assertThat(shown.at("/credentials/webauthn/config/user_handle").asString()).hasSize(24).endsWith("==");
	}

	@ParameterizedTest
	@CsvSource({ "$2a$15$, NpiFJJwLmT2tzuJLdE6fkOsZYS/aV95kn0hqjhyoxQLrNq4Gr0YZ., ''",
			"$2a$16$, NpiFJJwLmT2tzuJLdE6fkOsZYS/aV95kn0hqjhyoxQLrNq4Gr0YZ., declares",
			"$2a$03$, NpiFJJwLmT2tzuJLdE6fkOsZYS/aV95kn0hqjhyoxQLrNq4Gr0YZ., could not",
			"$2a$04$, NpiFJJwLmT2tzuJLdE6fkOsZYS/aV95kn0hqjhyoxQLrNq4Gr0Y, could not",
			"'$argon2id$v=19$m=1048576,t=10,p=16', $c2FsdA$a2V5, ''",
			"'$argon2id$v=19$m=64,t=11,p=1', $c2FsdA$a2V5, declares",
			"'$argon2id$v=19$m=0,t=1,p=1', $c2FsdA$a2V5, declares",
			"'$argon2i$v=18$m=64,t=1,p=1', $c2FsdA$a2V5, could not",
			"'$argon2id$v=19$m=64,t=1,p=1', $c2FsdA==$a2V5, could not",
			"'$pbkdf2-sha256$i=10000000,l=32', $c2FsdA$a2V5, ''",
			"'$pbkdf2-sha512$i=10000001,l=32', $c2FsdA$a2V5, declares",
			"'$scrypt$ln=131072,r=8,p=10', $c2FsdA==$a2V5, ''", "'$scrypt$ln=1024,r=9,p=1', $c2FsdA==$a2V5, declares",
			"'$scrypt$ln=1024,r=8,p=1', $c2FsdA$a2V5, could not",
			"'$firescrypt$ln=17,r=8,p=1', $c2FsdA==$a2V5$LQ==$a2V5, ''",
			"'$firescrypt$ln=18,r=8,p=1', $c2FsdA==$a2V5$LQ==$a2V5, declares", "$md5$, x, ''" })
	void limitsCostOfHashes(String parameters, String rest, String problem) {
		AdminClient.Response response = create(
				"{\"password\":{\"config\":{\"hashed_password\":\"" + parameters + rest + "\"}}}");
		if (problem.isEmpty()) {
			assertThat(response.status()).isEqualTo(201);
		}
		else {
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.at("/error/reason").asString()).startsWith("The imported password hash " + problem);
		}
	}

	@Test
	void deletesOneKeyOfADeviceAndHidesItsPin() {
		String path = "/admin/identities/" + this.client.createIdentity("a@example.test");
		this.client.patch(path, """
				[{"op":"add","path":"/credentials/deviceauthn","value":{"type":"deviceauthn","identifiers":["a","b"],
				"config":{"credentials":[{"client_key_id":"a","pin":{"pin_secret":"x"}},{"client_key_id":"b"}]}}}]""");
		String shown = path + "?include_credential=deviceauthn";
		assertThat(this.client.get(shown).at("/credentials/deviceauthn/config/credentials"))
			.hasToString("[{\"client_key_id\":\"a\"},{\"client_key_id\":\"b\"}]");
		assertThat(this.client.delete(path + "/credentials/deviceauthn?identifier=c").at("/error/reason").asString())
			.isEqualTo("The identifier `c` was not found among deviceauthn credentials.");
		assertThat(this.client.delete(path + "/credentials/deviceauthn?identifier=a").status()).isEqualTo(204);
		assertThat(this.client.get(shown).at("/credentials/deviceauthn/identifiers")).hasToString("[\"b\"]");
		assertThat(this.client.get(shown).at("/credentials/deviceauthn/config/credentials"))
			.hasToString("[{\"client_key_id\":\"b\"}]");
		assertThat(this.client.delete("/admin/identities/" + UNKNOWN_ID + "/credentials/deviceauthn").status())
			.isEqualTo(400);
	}

	@Test
	void normalizesPhonesInArraysOfTraits() {
		this.kratos.addSchema("phones", """
				{"properties":{"traits":{"type":"object","properties":{"phones":{"type":"array","items":{
				"type":"string","format":"tel","ory.sh/kratos":{"verification":{"via":"sms"}}}}}}}}""");
		AdminClient.Response created = this.client.post("/admin/identities",
				"{\"schema_id\":\"phones\",\"traits\":{\"phones\":[\"+1 415 555 2671\",\"+49 176 671 11 638\"]}}");
		assertThat(created.at("/traits/phones")).hasToString("[\"+14155552671\",\"+4917667111638\"]");
	}

	@Test
	void keepsTheAddressOfARequestInAnotherSpelling() {
		AdminClient.Response created = this.client.post("/admin/identities",
				"{\"traits\":{\"email\":\"\ufb01ona@example.test\"},\"verifiable_addresses\":[{\"value\":"
						+ "\"FIONA@example.test\",\"via\":\"email\",\"verified\":true}]}");
		assertThat(created.at("/verifiable_addresses")).hasSize(1);
		assertThat(created.at("/verifiable_addresses/0/verified").asBoolean()).isTrue();
	}

	@Test
	void sameIdentifierInTwoSpellingsIsStoredOnce() {
		this.kratos.addSchema("named", """
				{"properties":{"traits":{"type":"object","properties":{"x":{"type":"array","items":{
				"ory.sh/kratos":{"credentials":{"password":{"identifier":true}}}}}}}}}""");
		AdminClient.Response created = this.client.post("/admin/identities",
				"{\"schema_id\":\"named\",\"traits\":{\"x\":[\"A@x.test\",\" a@x.test\"]}}");
		assertThat(created.at("/credentials/password/identifiers")).hasToString("[\"a@x.test\"]");
	}

}
