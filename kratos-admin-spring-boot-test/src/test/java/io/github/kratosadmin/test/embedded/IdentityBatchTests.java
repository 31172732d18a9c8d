package io.github.kratosadmin.test.embedded;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for creating many identities at once. The expectations were measured on real
 * servers.
 */
class IdentityBatchTests {

	private static final String PATCH_ID = "10000000-0000-4000-8000-000000000001";

	private EmbeddedKratos kratos;

	private AdminClient client;

	private void start(KratosEra era) {
		this.kratos = EmbeddedKratos.builder().era(era).start();
		this.client = new AdminClient(this.kratos.adminUrl());
	}

	@AfterEach
	void close() {
		this.kratos.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "V1_3", "V26", "NEXT" })
	void returnsResultsInOrderOfRequest(KratosEra era) {
		start(era);
		JsonNode response = batch(create("a@example.test", ""), create("nope", ""), create("a@example.test", ""),
				"{\"patch_id\":\"" + PATCH_ID + "\"," + create("b@example.test", "").substring(1))
			.at("/identities");
		assertThat(response.findValuesAsString("action")).containsExactly("create", "error", "error", "create");
		assertThat(response.at("/1/error/code").asInt()).isEqualTo(400);
		assertThat(response.at("/1").has("identity")).isFalse();
		assertThat(response.at("/2/error")).hasToString("{\"code\":409,\"status\":\"Conflict\",\"message\":\"Unable to "
				+ "insert or update resource because a resource with that value exists already\"}");
		assertThat(response.at("/3/patch_id").asString()).isEqualTo(PATCH_ID);
		if (era == KratosEra.V1_3) {
			assertThat(count()).as("the identities reported as created are removed again").isZero();
		}
		else {
			assertThat(this.client.get("/admin/identities/" + response.at("/3/identity").asString())
				.at("/traits/email")
				.asString()).isEqualTo("b@example.test");
			assertThat(count()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "V1_3; The request was malformed or contained invalid parameters",
			"V26; Unable to find JSON Schema ID: none" })
	void explainsErrorsSinceV26(KratosEra era, String reason) {
		start(era);
		assertThat(batch(create("a@example.test", ",\"schema_id\":\"none\""), create("b@example.test", ""))
			.at("/identities/0/error/reason")
			.asString()).isEqualTo(reason);
	}

	@Test
	void emptyIdentifierFailsBatch() {
		start(KratosEra.V26);
		this.kratos.addSchema("login", """
				{"properties":{"traits":{"properties":{"login":{"type":"string",
				"ory.sh/kratos":{"credentials":{"password":{"identifier":true}}}}}}}}""");
		assertThat(batch(create("a@example.test", ""),
				"{\"create\":{\"schema_id\":\"login\",\"traits\":{\"login\":\"\"}}}")
			.status()).isEqualTo(500);
		assertThat(count()).isZero();
	}

	@Test
	void createsAllOrNoneInV1_0() {
		start(KratosEra.V1_0);
		assertThat(batch(create("a@example.test", ""), create("nope", "")).status()).isEqualTo(400);
		assertThat(batch(create("a@example.test", ""), create("a@example.test", "")).status()).isEqualTo(409);
		assertThat(count()).isZero();
		assertThat(batch(create("a@example.test", ""), create("b@example.test", "")).status()).isEqualTo(200);
		assertThat(count()).isEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource(names = { "V1_0", "V1_3", "V26", "NEXT" })
	void conflictOfOnlyValidIdentityFailsBatch(KratosEra era) {
		start(era);
		batch(create("a@example.test", ""));
		assertThat(batch(create("a@example.test", "")).status()).isEqualTo(409);
	}

	@ParameterizedTest
	@EnumSource(names = { "V1_3", "V26", "NEXT" })
	void failedIdentityConflictsWithLaterOnes(KratosEra era) {
		startWithLogins(era);
		AdminClient.Response response = batch(login("taken", "new", ""), login("b", "new", ""), login("c", "c", ""));
		assertThat(response.at("/identities").findValuesAsString("action")).containsExactly("error", "error", "create");
		assertThat(response.at("/identities/1/error/code").asInt()).isEqualTo(409);
	}

	@Test
	void identityWithTakenExternalIdConflictsWithNoOther() {
		startWithLogins(KratosEra.V26);
		assertThat(batch(login("a", "a", ",\"external_id\":\"1\"")).status()).isEqualTo(200);
		assertThat(batch(login("b", "b", ",\"external_id\":\"1\""), login("b", "c", ""), login("d", "d", ""))
			.at("/identities")
			.findValuesAsString("action")).containsExactly("error", "create", "create");
	}

	@Test
	void conflictOfOnlyIdentityWithFreeExternalIdFailsBatch() {
		startWithLogins(KratosEra.V26);
		int before = count();
		String first = ",\"external_id\":\"1\"";
		assertThat(batch(login("taken", "a", first), login("c", "c", first)).status()).isEqualTo(409);
		assertThat(batch(login("e", "e", first)).status()).isEqualTo(200);
		assertThat(batch(login("b", "b", first), login("taken", "c", "")).status()).isEqualTo(409);
		assertThat(count()).isEqualTo(before + 1);
		assertThat(batch(login("b", "b", first), login("taken", "c", ""), login("d", "d", "")).at("/identities")
			.findValuesAsString("action")).containsExactly("error", "error", "create");
	}

	private void startWithLogins(KratosEra era) {
		start(era);
		String identifier = "{\"ory.sh/kratos\":{\"credentials\":{\"password\":{\"identifier\":true}}}}";
		this.kratos.addSchema("login",
				"{\"properties\":{\"traits\":{\"properties\":{\"a\":" + identifier + ",\"b\":" + identifier + "}}}}");
		assertThat(batch(login("taken", "taken", "")).status()).isEqualTo(200);
	}

	private static String login(String one, String other, String fields) {
		return "{\"create\":{\"schema_id\":\"login\",\"traits\":{\"a\":\"" + one + "\",\"b\":\"" + other + "\"}"
				+ fields + "}}";
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "''; EOF", "{\"colour\":1}; json: unknown field \"colour\"",
					"{\"identities\":[{\"colour\":1}]}; json: unknown field \"colour\"",
					"{\"identities\":[{\"create\":{\"colour\":1}}]}; json: unknown field \"colour\"",
					"[]; json: cannot unmarshal array into Go value of type identity.BatchPatchIdentitiesBody",
					"{\"identities\":[{\"patch_id\":\"zz\"}]}; uuid: incorrect UUID length 2 in string \"zz\"" })
	void malformedBatchHasStatus400AndCode500(String body, String message) {
		start(KratosEra.V26);
		AdminClient.Response response = this.client.patch("/admin/identities", body);
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.at("/error/code").asInt()).isEqualTo(500);
		assertThat(response.at("/error/message").asString()).isEqualTo(message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "null; []", "{}; []", "{\"identities\":null}; []",
			"{\"identities\":[{\"patch_id\":\"" + PATCH_ID + "\"}]}; [null]" })
	void acceptsBatchWithoutIdentities(String body, String identities) {
		start(KratosEra.V26);
		assertThat(this.client.patch("/admin/identities", body).at("/identities")).hasToString(identities);
	}

	@Test
	void invalidStateOrHashFailsBatch() {
		start(KratosEra.V26);
		assertThat(batch(create("a@example.test", ""), create("b@example.test", ",\"state\":\"asleep\""))
			.at("/error/reason")
			.asString()).isEqualTo("identity state is not valid");
		assertThat(batch(create("a@example.test", ""),
				create("b@example.test", ",\"credentials\":{\"password\":{\"config\":{\"hashed_password\":\"nope\"}}}"))
			.status()).isEqualTo(400);
		assertThat(count()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "V1_0, 2000", "V1_3, 2000", "V26, 1000" })
	void limitsNumberOfIdentities(KratosEra era, int limit) {
		start(era);
		assertThat(batch(range(0, limit + 1, "")).at("/error/reason").asString())
			.isEqualTo("The maximum number of identities " + ((era == KratosEra.V26) ? "per request " : "")
					+ "that can be created or deleted at once is " + limit + ".");
		assertThat(batch(range(0, limit, "")).at("/identities")).hasSize(limit);
	}

	@ParameterizedTest
	@CsvSource({ "V1_0, 200", "V1_3, 200", "V26, 400" })
	void limitsPlaintextPasswordsTo200SinceV26(KratosEra era, int status) {
		start(era);
		String password = ",\"credentials\":{\"password\":{\"config\":{\"password\":\"p\"}}}";
		assertThat(batch(range(0, 201, password)).status()).isEqualTo(status);
		assertThat(batch(range(201, 401, password)).status()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource({ "V1_0, 200", "V1_3, 400", "V26, 400" })
	void refusesTooLargeBodySinceV1_3(KratosEra era, int status) {
		start(era);
		String large = ",\"metadata_public\":\"" + "x".repeat(5 * 1024 * 1024) + "\"";
		AdminClient.Response response = batch(create("a@example.test", large));
		assertThat(response.status()).isEqualTo(status);
		assertThat(response.at("/error/message").asString(""))
			.isEqualTo((status == 400) ? "http: request body too large" : "");
		assertThat(this.client.post("/admin/identities", create("b@example.test", large).substring(10)).status())
			.isEqualTo((status == 400) ? 400 : 201);
	}

	@ParameterizedTest
	@EnumSource(names = { "V1_3", "V26", "NEXT" })
	void conflictFailsBatchOnMySql(KratosEra era) {
		this.kratos = EmbeddedKratos.builder().era(era).conflictsFailTheBatch().start();
		this.client = new AdminClient(this.kratos.adminUrl());
		batch(create("a@example.test", ""));
		AdminClient.Response response = batch(create("b@example.test", ""), create("a@example.test", ""));
		assertThat(response.status()).isEqualTo(409);
		assertThat(response.json())
			.hasToString("{\"error\":{\"code\":409,\"status\":\"Conflict\",\"message\":\"Unable to "
					+ "insert or update resource because a resource with that value exists already\"}}");
		assertThat(count()).isEqualTo(1);
	}

	@Test
	void listsManyIdentitiesPageByPage() {
		start(KratosEra.V26);
		for (int i = 0; i < 5; i++) {
			assertThat(batch(range(i * 1000, (i + 1) * 1000, "")).status()).isEqualTo(200);
		}
		List<String> listed = new ArrayList<>();
		String token = "";
		do {
			JsonNode page = this.client.get("/admin/identities?page_size=500&page_token=" + token).json();
			page.forEach((identity) -> listed.add(identity.path("id").asString()));
			token = page.isEmpty() ? "" : listed.get(listed.size() - 1);
		}
		while (!token.isEmpty());
		Set<String> distinct = new HashSet<>(listed);
		assertThat(listed).hasSize(5000).isSorted();
		assertThat(distinct).hasSize(5000);
	}

	private int count() {
		return this.client.get("/admin/identities").json().size();
	}

	private AdminClient.Response batch(String... creates) {
		return this.client.patch("/admin/identities", "{\"identities\":[" + String.join(",", creates) + "]}");
	}

	private static String range(int from, int to, String fields) {
		return IntStream.range(from, to)
			.mapToObj((i) -> create("user" + i + "@example.test", fields))
			.collect(Collectors.joining(","));
	}

	private static String create(String email, String fields) {
		return "{\"create\":{\"traits\":{\"email\":\"" + email + "\"}" + fields + "}}";
	}

}
