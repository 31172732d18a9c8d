package io.github.kratosadmin.test.embedded;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for importing, reading and deleting credentials. The expectations were measured
 * on real servers.
 */
class CredentialsTests {

	private static final String HASH = "$2a$10$ZsCsoVQ3xfBG/K2z2XpBf.tm90GZmtOqtqWcB5.pYd5Eq8y7RlDyq";

	private static final String PASSWORD = "\"password\":{\"config\":{\"hashed_password\":\"" + HASH + "\"}}";

	private static final String ORGANIZATION = "12345678-9abc-4def-8123-456789abcdef";

	private final MutableClock clock = new MutableClock();

	private EmbeddedKratos kratos;

	private AdminClient client;

	private void start(KratosEra era) {
		this.kratos = EmbeddedKratos.builder().era(era).clock(this.clock).start();
		this.client = new AdminClient(this.kratos.adminUrl());
	}

	@AfterEach
	void close() {
		this.kratos.close();
	}

	@ParameterizedTest
	@CsvSource({ "$2a$10$abc, V0_10", "$2$abc, V0_10", "$argon2id$v=19, V0_10", "$argon2i$v=19, V0_10",
			"$pbkdf2-sha256$i=1, V0_10", "$md5-crypt$x, V1_0", "$sha256-crypt$x, V1_0", "$sha512-crypt$x, V1_0",
			"$scrypt$x, V1_0", "{SSHA}x, V1_0", "{SSHA256}x, V1_0", "{SSHA512}x, V1_0", "$sha1$x, V1_0",
			"$sha256$x, V1_0", "$sha512$x, V1_0", "$firescrypt$x, V1_0", "$md5$x, V1_0", "$hmac-md4$x, V1_3",
			"$hmac-sha512$x, V1_3", "$hmac-sha3$x, ", "$2x$x, ", "{SSHA384}x, ", "x$2a$10$abc, " })
	void importsHashFormatsOfItsEra(String hash, KratosEra since) {
		for (KratosEra era : List.of(KratosEra.V0_10, KratosEra.V1_0, KratosEra.V1_3, KratosEra.V26)) {
			start(era);
			AdminClient.Response response = create("a@example.test",
					"\"password\":{\"config\":{\"hashed_password\":\"" + hash + "\"}}");
			boolean known = since != null && era.isAtLeast(since);
			assertThat(response.status()).as(era + ": " + response.body()).isEqualTo(known ? 201 : 400);
			this.kratos.close();
		}
	}

	@Test
	void hashesShortPassword() {
		start(KratosEra.V26);
		String id = create("a@example.test", "\"password\":{\"config\":{\"password\":\"p\"}}").at("/id").asString();
		assertThat(show(id).at("/password/config/hashed_password").asString()).startsWith("$2a$").hasSize(60);
	}

	@ParameterizedTest
	@CsvSource({ "V1_3, You cannot remove first factor credentials.", "V26, Credentials type code cannot be deleted." })
	void refusesToDeleteCodes(KratosEra era, String reason) {
		start(era);
		this.kratos.addSchema("code", """
				{"properties": {"traits": {"properties": {"x": {
				"ory.sh/kratos": {"credentials": {"code": {"identifier": true, "via": "email"}}}}}}}}""");
		String id = this.client
			.post("/admin/identities", "{\"schema_id\":\"code\",\"traits\":{\"x\":\"a@example.test\"}}")
			.at("/id")
			.asString();
		AdminClient.Response response = this.client.delete("/admin/identities/" + id + "/credentials/code");
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.at("/error/reason").asString()).isEqualTo(reason);
	}

	@ParameterizedTest
	@CsvSource({ "V1_3, null", "V26, []" })
	void updateWithPasswordButNoIdentifierReturnsNoIdentifiers(KratosEra era, String identifiers) {
		start(era);
		this.kratos.addSchema("free", "{\"properties\":{\"traits\":{\"properties\":{\"x\":{}}}}}");
		String id = this.client.post("/admin/identities", "{\"schema_id\":\"free\",\"traits\":{}}")
			.at("/id")
			.asString();
		assertThat(
				this.client
					.put("/admin/identities/" + id,
							"{\"schema_id\":\"free\",\"traits\":{},\"state\":\"active\",\"credentials\":{" + PASSWORD
									+ "}}")
					.at("/credentials/password/identifiers"))
			.hasToString(identifiers);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "\"password\":{\"config\":{}}", "\"password\":{}",
			"\"password\":{\"config\":{\"hashed_password\":\"nope\"}}" })
	void refusesUnknownHashFormat(String credentials) {
		start(KratosEra.V26);
		AdminClient.Response response = create("a@example.test", credentials);
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.at("/error/reason").asString()).isEqualTo("The imported password does not match any known "
				+ "hash format. For more information see https://www.ory.sh/dr/2");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "''", "\"password\":null", "\"oidc\":null" })
	void ignoresMissingCredentials(String credentials) {
		start(KratosEra.V26);
		String id = create("a@example.test", credentials).at("/id").asString();
		assertThat(show(id).path("password").path("config")).hasToString("{}");
		assertThat(show(id).has("oidc")).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "V0_10, 400", "V1_0, 400", "V1_3, 201", "V26, 201" })
	void acceptsMigrationHookSinceV1_3(KratosEra era, int status) {
		start(era);
		AdminClient.Response response = create("a@example.test", "\"password\":{\"config\":{\"hashed_password\":\""
				+ HASH + "\",\"use_password_migration_hook\":true}}");
		assertThat(response.status()).isEqualTo(status);
		if (status == 201) {
			assertThat(show(response.at("/id").asString()).at("/password/config"))
				.hasToString("{\"hashed_password\":\"\",\"use_password_migration_hook\":true}");
		}
	}

	@ParameterizedTest
	@CsvSource({ "V1_0, ''", "V1_3, ',\"organization\":\"\"'", "V26, ''" })
	void returnsLinksToProviders(KratosEra era, String organization) {
		start(era);
		AdminClient.Response response = create("a@example.test", PASSWORD + ","
				+ oidc("{\"provider\":\"google\",\"subject\":\"s\"}", "{\"provider\":\"github\",\"subject\":\"S\"}"));
		assertThat(response.at("/credentials/oidc/identifiers")).hasToString("[\"google:s\",\"github:S\"]");
		assertThat(response.at("/credentials/oidc").has("config")).isFalse();
		JsonNode shown = show(response.at("/id").asString());
		assertThat(shown.at("/oidc/identifiers")).hasToString("[\"github:S\",\"google:s\"]");
		assertThat(shown.at("/oidc/config/providers/1"))
			.hasToString("{\"initial_id_token\":\"\",\"initial_access_token\":"
					+ "\"\",\"initial_refresh_token\":\"\",\"subject\":\"S\",\"provider\":\"github\"" + organization
					+ "}");
		JsonNode secretless = this.client.get("/admin/identities/" + response.at("/id").asString()).json();
		assertThat(secretless.at("/credentials/oidc").has("config")).isFalse();
		assertThat(secretless.at("/credentials/password").has("config")).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "\"saml\":{\"config\":{\"providers\":[]}}; V26",
			"\"oidc\":{\"config\":{\"providers\":[{\"provider\":\"p\",\"subject\":\"s\",\"use_auto_link\":true}]}}; V26",
			"\"oidc\":{\"config\":{\"providers\":[{\"provider\":\"p\",\"subject\":\"s\",\"organization\":\""
					+ ORGANIZATION + "\"}]}}; V26",
			"\"oidc\":{\"config\":{\"providers\":[{\"provider\":\"p\",\"subject\":\"s\"}]}}; V0_10",
			"\"oidc\":{\"config\":{\"providers\":[{\"colour\":\"red\"}]}}; ", "\"totp\":{}; ",
			"\"password\":{\"config\":{\"password\":1}}; " })
	void acceptsOnlyCredentialsOfItsEra(String credentials, KratosEra since) {
		for (KratosEra era : List.of(KratosEra.V0_10, KratosEra.V1_0, KratosEra.V1_3, KratosEra.V26)) {
			start(era);
			boolean known = since != null && era.isAtLeast(since);
			assertThat(create("a@example.test", credentials).status()).as(era.version()).isEqualTo(known ? 201 : 400);
			this.kratos.close();
		}
	}

	@Test
	void namesFieldOfWrongType() {
		start(KratosEra.V26);
		assertThat(
				create("a@example.test", "\"password\":{\"config\":{\"password\":3}}").at("/error/message").asString())
			.isEqualTo("json: cannot unmarshal number into Go struct field AdminIdentityImportCredentialsPasswordConfig"
					+ ".credentials.password.config.password of type string");
	}

	@Test
	void returnsOrganizationsAndSaml() {
		start(KratosEra.V26);
		String provider = "{\"provider\":\"okta\",\"subject\":\"s\",\"organization\":\"" + ORGANIZATION + "\"}";
		String id = create("a@example.test",
				oidc(provider) + ",\"saml\":{\"config\":{\"providers\":[" + provider + "]}}")
			.at("/id")
			.asString();
		JsonNode shown = show(id);
		assertThat(shown.at("/saml/config/providers/0"))
			.hasToString("{\"subject\":\"s\",\"provider\":\"okta\",\"organization\":\"" + ORGANIZATION + "\"}");
		assertThat(shown.at("/oidc/config/providers/0/organization").asString()).isEqualTo(ORGANIZATION);
		assertThat(create("b@example.test", oidc(provider)).status()).isEqualTo(409);
		assertThat(create("b@example.test", oidc(provider.replace("\"s\"", "\"S\""))).status()).isEqualTo(201);
	}

	@Test
	void returnsEmptyProviderForMissingProviders() {
		start(KratosEra.V26);
		AdminClient.Response response = create("a@example.test", oidc());
		assertThat(response.at("/credentials/oidc/identifiers").isNull()).isTrue();
		JsonNode oidc = show(response.at("/id").asString()).path("oidc");
		assertThat(oidc.path("identifiers")).hasToString("[]");
		assertThat(oidc.at("/config/providers/0/provider").asString()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "V1_0", "V1_3", "V26", "NEXT" })
	void updateAddsLinksButReplacesPassword(KratosEra era) {
		start(era);
		String id = createWithPasswordAndLink();
		this.clock.advance(Duration.ofMinutes(1));
		AdminClient.Response response = update(id,
				"\"password\":{\"config\":{\"password\":\"new\"}}," + oidc("{\"provider\":\"a\",\"subject\":\"2\"}"));
		assertThat(response.at("/credentials/oidc/identifiers")).hasToString("[\"github:1\",\"a:2\"]");
		JsonNode shown = show(id);
		assertThat(response.at("/credentials/password/created_at").asString())
			.isEqualTo((era == KratosEra.NEXT) ? shown.at("/password/created_at").asString() : "0001-01-01T00:00:00Z");
		assertThat(shown.at("/oidc/identifiers")).hasToString("[\"a:2\",\"github:1\"]");
		assertThat(shown.at("/oidc/config/providers")).hasSize(2);
		assertThat(shown.at("/oidc/updated_at")).isNotEqualTo(shown.at("/oidc/created_at"));
		assertThat(shown.at("/password/config/hashed_password").asString()).isNotEqualTo(HASH);
		assertThat(shown.at("/password/updated_at")).isEqualTo(shown.at("/password/created_at"));
		assertThat(update(id, oidc("{\"provider\":\"a\",\"subject\":\"2\"}")).status()).isEqualTo(409);
	}

	@Test
	void deletesAllFirstFactorsButTheLastSinceV26() {
		start(KratosEra.V26);
		String id = create("a@example.test", PASSWORD + ","
				+ oidc("{\"provider\":\"github\",\"subject\":\"1\"}", "{\"provider\":\"github\",\"subject\":\"2\"}"))
			.at("/id")
			.asString();
		assertRefused(delete(id, "oidc"), 400, "You must provide an identifier to delete this credential.");
		assertRefused(delete(id, "oidc?identifier=github:3"), 404,
				"The identifier `github:3` was not found among OIDC credentials.");
		assertThat(delete(id, "oidc?identifier=github:1").status()).isEqualTo(204);
		assertThat(delete(id, "password").status()).isEqualTo(204);
		assertRefused(delete(id, "oidc?identifier=github:2"), 400,
				"You cannot remove the last first factor credential.");
		JsonNode shown = show(id);
		assertThat(shown.at("/password/config")).hasToString("{}");
		assertThat(shown.at("/password/identifiers")).hasToString("[\"a@example.test\"]");
		assertThat(shown.at("/oidc/identifiers")).hasToString("[\"github:2\"]");
		assertThat(create("b@example.test", oidc("{\"provider\":\"github\",\"subject\":\"1\"}")).status())
			.isEqualTo(201);
	}

	@Test
	void deletionOfLastLinkLeavesEmptyCredential() {
		start(KratosEra.V26);
		String id = createWithPasswordAndLink();
		assertThat(delete(id, "oidc?identifier=github:1").status()).isEqualTo(204);
		assertThat(show(id).at("/oidc/identifiers")).hasToString("[]");
		assertThat(show(id).path("oidc").has("config")).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {
			"\"saml\":{\"config\":{\"providers\":[{\"provider\":\"o\",\"subject\":\"1\"}]}}; saml?identifier=o:1",
			"\"oidc\":{\"config\":{\"providers\":[{\"provider\":\"o\",\"subject\":\"1\",\"organization\":\""
					+ ORGANIZATION + "\"}]}}; oidc?identifier=o:1" })
	void samlAndOrganizationsAreNotFirstFactors(String credentials, String deleted) {
		start(KratosEra.V26);
		String id = create("a@example.test", PASSWORD + "," + credentials).at("/id").asString();
		assertRefused(delete(id, deleted), 400, "You cannot remove the last first factor credential.");
		assertRefused(delete(id, "password"), 400, "You cannot remove the last first factor credential.");
	}

	@Test
	void deletesLinksButNotPasswordInV1_3() {
		start(KratosEra.V1_3);
		String id = createWithPasswordAndLink();
		assertRefused(delete(id, "password"), 400, "You cannot remove first factor credentials.");
		assertThat(delete(id, "oidc?identifier=github:1").status()).isEqualTo(204);
		assertThat(show(id).at("/oidc/config/providers/0/subject").asString("none")).isEmpty();
	}

	@Test
	void deletesNoFirstFactorInV1_0() {
		start(KratosEra.V1_0);
		String id = createWithPasswordAndLink();
		assertRefused(delete(id, "password"), 400, "You can't remove first factor credentials.");
		assertRefused(delete(id, "oidc?identifier=github:1"), 400, "You can't remove first factor credentials.");
	}

	@ParameterizedTest
	@EnumSource(names = { "V1_0", "V1_3", "V26", "NEXT" })
	void refusesToDeleteMissingCredentials(KratosEra era) {
		start(era);
		String id = create("a@example.test", "").at("/id").asString();
		assertRefused(delete(id, "totp"), 404, "You tried to remove a totp but this user have no totp set up.");
		assertThat(delete(ORGANIZATION, "totp").status()).isEqualTo(404);
		assertThat(delete(id, "").status()).isEqualTo(404);
		assertThat(this.client.get("/admin/identities/" + id + "/credentials/totp").status()).isEqualTo(405);
	}

	@ParameterizedTest
	@CsvSource({ "V1_0, totp link_recovery code_recovery, code passkey saml profile",
			"V1_3, totp link_recovery code_recovery code passkey, saml profile",
			"V26, totp link_recovery code_recovery code passkey saml, profile" })
	void acceptsCredentialTypesOfItsEra(KratosEra era, String known, String unknown) {
		start(era);
		String identity = "/admin/identities/" + create("a@example.test", "").at("/id").asString();
		for (String type : known.split(" ")) {
			assertThat(this.client.get(identity + "?include_credential=" + type).status()).as(type).isEqualTo(200);
		}
		for (String type : unknown.split(" ")) {
			assertThat(this.client.get(identity + "?include_credential=" + type).status()).as(type).isEqualTo(400);
		}
	}

	private void assertRefused(AdminClient.Response response, int status, String reason) {
		assertThat(response.status()).isEqualTo(status);
		assertThat(response.at("/error/reason").asString()).isEqualTo(reason);
	}

	private static String oidc(String... providers) {
		return "\"oidc\":{\"config\":{\"providers\":[" + String.join(",", providers) + "]}}";
	}

	private AdminClient.Response create(String email, String credentials) {
		return this.client.post("/admin/identities",
				"{\"traits\":{\"email\":\"" + email + "\"},\"credentials\":{" + credentials + "}}");
	}

	private String createWithPasswordAndLink() {
		return create("a@example.test", PASSWORD + "," + oidc("{\"provider\":\"github\",\"subject\":\"1\"}")).at("/id")
			.asString();
	}

	private AdminClient.Response update(String id, String credentials) {
		return this.client.put("/admin/identities/" + id,
				"{\"traits\":{\"email\":\"a@example.test\"},\"credentials\":{" + credentials + "}}");
	}

	private AdminClient.Response delete(String id, String type) {
		return this.client.delete("/admin/identities/" + id + "/credentials/" + type);
	}

	private JsonNode show(String id) {
		return this.client
			.get("/admin/identities/" + id + "?include_credential=password&include_credential=oidc"
					+ ((this.kratos.era() == KratosEra.V26) ? "&include_credential=saml" : ""))
			.at("/credentials");
	}

}
