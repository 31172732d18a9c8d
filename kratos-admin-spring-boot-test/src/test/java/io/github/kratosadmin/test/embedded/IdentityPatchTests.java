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
 * Tests for the patches of identities. The expectations were measured on real servers.
 */
class IdentityPatchTests {

	private static final String ORGANIZATION = "12345678-9abc-4def-8123-456789abcdef";

	private final MutableClock clock = new MutableClock();

	private EmbeddedKratos kratos;

	private AdminClient client;

	private String identity;

	private void start(KratosEra era) {
		this.kratos = EmbeddedKratos.builder().era(era).clock(this.clock).start();
		this.client = new AdminClient(this.kratos.adminUrl());
		this.identity = "/admin/identities/" + this.client.post("/admin/identities",
				"""
						{"traits":{"email":"a@example.test","name":{"first":"A"}},"metadata_public":{"list":[1,2],"n":1},"metadata_admin":{"z":1}}""")
			.at("/id")
			.asString();
	}

	@AfterEach
	void close() {
		this.kratos.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "V0_6", "V0_7", "V0_10" })
	void cannotPatchBeforeV1_0(KratosEra era) {
		this.kratos = EmbeddedKratos.builder().era(era).start();
		this.client = new AdminClient(this.kratos.adminUrl());
		String path = AdminClient.prefix(era) + "/identities";
		assertThat(this.client.patch(path + "/" + ORGANIZATION, "[]").status()).isEqualTo(405);
		assertThat(this.client.patch(path, "{}").status()).isEqualTo(405);
		assertThat(this.client.delete(path + "/" + ORGANIZATION + "/credentials/totp").status()).isEqualTo(404);
		assertThat(this.client.get(path + "/by/external/e").status()).isEqualTo(404);
	}

	@ParameterizedTest
	@EnumSource(names = { "V1_0", "V1_3", "V26", "NEXT" })
	void changesOnlyNamedFields(KratosEra era) {
		start(era);
		JsonNode patched = patch(
				"""
						[{"op":"replace","path":"/metadata_public/n","value":2},{"op":"add","path":"/traits/name/last","value":"B"},
						{"op":"remove","path":"/metadata_admin/z"},{"op":"replace","path":"/state","value":"inactive"}]""")
			.json();
		assertThat(patched.path("metadata_public")).hasToString("{\"list\":[1,2],\"n\":2}");
		assertThat(patched.at("/traits/name")).hasToString("{\"first\":\"A\",\"last\":\"B\"}");
		assertThat(patched.path("metadata_admin")).hasToString("{}");
		JsonNode read = this.client.get(this.identity).json();
		assertThat(read.path("state").asString()).isEqualTo("inactive");
		assertThat(read.at("/verifiable_addresses")).isEqualTo(patched.at("/verifiable_addresses"));
		assertThat(read.at("/traits/email").asString()).isEqualTo("a@example.test");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "/metadata_public/list/-; {\"list\":[1,2,9],\"n\":1}",
					"/metadata_public/list/0; {\"list\":[9,1,2],\"n\":1}",
					"/metadata_public/list/-1; {\"list\":[1,2,9],\"n\":1}",
					"/metadata_public/a~1b~0c; {\"list\":[1,2],\"n\":1,\"a/b~c\":9}",
					"/metadata_public/x/y; {\"list\":[1,2],\"n\":1,\"x\":{\"y\":9}}",
					"/metadata_public/x/0; {\"list\":[1,2],\"n\":1,\"x\":[9]}",
					"/metadata_public/x/2/y; {\"list\":[1,2],\"n\":1,\"x\":[null,null,{\"y\":9}]}" })
	void addsAtIndexAndCreatesMissingParents(String path, String metadata) {
		start(KratosEra.V26);
		assertThat(patch("[{\"op\":\"add\",\"path\":\"" + path + "\",\"value\":9}]").at("/metadata_public"))
			.hasToString(metadata);
	}

	@ParameterizedTest
	@EnumSource(names = { "V1_0", "V1_3", "V26", "NEXT" })
	void refusesTrailingContent(KratosEra era) {
		start(era);
		AdminClient.Response response = patch("[{\"op\":\"replace\",\"path\":\"/state\",\"value\":\"inactive\"}] x");
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.at("/error/reason").asString()).isEqualTo((era == KratosEra.NEXT)
				? "failed to unmarshal JSON patch" : "An error occured when applying the JSON patch");
		assertThat(this.client.get(this.identity).at("/state").asString()).isEqualTo("active");
	}

	@Test
	void replaceCreatesMissingField() {
		start(KratosEra.V26);
		patch("[{\"op\":\"replace\",\"path\":\"/metadata_admin\",\"value\":null}]");
		assertThat(patch("[{\"op\":\"replace\",\"path\":\"/metadata_admin/a/b\",\"value\":1}]").at("/metadata_admin"))
			.hasToString("{\"a\":{\"b\":1}}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {
			"[{\"op\":\"remove\",\"path\":\"/metadata_public/x\"}]; error in remove for path: '/metadata_public/x': unable to remove nonexistent key: x: missing value",
			"[{\"op\":\"remove\",\"path\":\"/metadata_public/x/y\"}]; remove operation does not apply: doc is missing path: \"/metadata_public/x/y\": missing value",
			"[{\"op\":\"remove\",\"path\":\"/metadata_public/list/9\"}]; error in remove for path: '/metadata_public/list/9': Unable to access invalid index: 9: invalid index referenced",
			"[{\"op\":\"add\",\"path\":\"/metadata_public/list/9\",\"value\":1}]; error in add for path: '/metadata_public/list/9': Unable to access invalid index: 9: invalid index referenced",
			"[{\"op\":\"add\",\"path\":\"/metadata_public/list/x\",\"value\":1}]; error in add for path: '/metadata_public/list/x': value was not a proper array index: 'x': strconv.Atoi: parsing \"x\": invalid syntax",
			"[{\"op\":\"replace\",\"path\":\"/metadata_public/list/9\",\"value\":1}]; replace operation does not apply: doc is missing key: /metadata_public/list/9: missing value",
			"[{\"op\":\"replace\",\"path\":\"/metadata_public/list/-\",\"value\":1}]; replace operation does not apply: doc is missing key: /metadata_public/list/-: missing value",
			"[{\"op\":\"add\",\"path\":\"traits\",\"value\":1}]; add operation does not apply: doc is missing path: \"traits\": missing value",
			"[{\"op\":\"move\",\"from\":\"/traits\",\"path\":\"/metadata_public\"}]; unsupported operation: move",
			"[{\"op\":\"copy\",\"from\":\"/traits\",\"path\":\"/metadata_public\"}]; unsupported operation: copy",
			"[{\"op\":\"remove\",\"path\":\"/credentials\"}]; patch includes denied path: /credentials",
			"[{\"op\":\"remove\",\"path\":\"/stateChangedAt\"}]; patch includes denied path: /stateChangedAt",
			"{}; json: cannot unmarshal object into Go value of type jsonpatch.Patch",
			"[1]; json: cannot unmarshal number into Go value of type jsonpatch.Operation" })
	void explainsRefusal(String patch, String message) {
		for (KratosEra era : new KratosEra[] { KratosEra.V1_0, KratosEra.V1_3, KratosEra.V26 }) {
			start(era);
			assertRefused(patch, message);
			this.kratos.close();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "''; unexpected end of JSON input; invalid state detected",
			"[{\"path\":\"/state\"}]; unsupported operation: unknown; invalid operation {\"path\":\"/state\"}: unsupported operation",
			"[{\"op\":\"remove\"}]; error parsing patch operations: operation missing path field: missing value; invalid operation {\"op\":\"remove\"}: failed to decode 'path': operation missing path field: missing value",
			"[{\"op\":\"add\",\"path\":\"/metadata_public/n/x\",\"value\":1}]; json: cannot unmarshal number into Go value of type map[string]*jsonpatch.lazyNode; invalid state detected",
			"[{\"op\":\"add\",\"path\":\"\",\"value\":1}]; add operation does not apply: doc is missing path: \"\": missing value; add operation does not apply: doc is missing path: \"\": missing value",
			"[{\"op\":\"add\",\"path\":\"/state\",\"value\":1}]; json: cannot unmarshal number into Go struct field WithAdminMetadataInJSON.state of type identity.State; json: cannot unmarshal number into Go struct field WithCredentialsAndAdminMetadataInJSON.state of type identity.State" })
	void explainsRefusalInOtherWordsInV26(String patch, String in13, String in26) {
		start(KratosEra.V1_3);
		assertRefused(patch, in13);
		this.kratos.close();
		start(KratosEra.V26);
		assertRefused(patch, in26);
	}

	@Test
	void refusesMoreProtectedPathsInV26() {
		start(KratosEra.V26);
		assertRefused("[{\"op\":\"remove\",\"path\":\"/credentials/oidc/config\"}]",
				"patch includes denied path: /credentials/oidc/config");
		assertRefused("[{\"op\":\"replace\",\"path\":\"/ID\",\"value\":\"x\"}]", "patch includes denied path: /ID");
	}

	@Test
	void addWithoutValueAddsNullInV1_3() {
		start(KratosEra.V1_3);
		String patch = "[{\"op\":\"add\",\"path\":\"/metadata_public\"}]";
		assertThat(patch(patch).at("/metadata_public").isNull()).isTrue();
		this.kratos.close();
		start(KratosEra.V26);
		assertRefused(patch, "invalid operation {\"op\":\"add\",\"path\":\"/metadata_public\"}: failed to decode "
				+ "'value': operation, missing value field: missing value");
	}

	@ParameterizedTest
	@CsvSource({ "V1_0, false", "V1_3, false", "V26, true" })
	void removeChangesNothingBeforeV26(KratosEra era, boolean removed) {
		start(era);
		assertThat(patch("[{\"op\":\"remove\",\"path\":\"/metadata_public\"}]").status()).isEqualTo(200);
		assertThat(this.client.get(this.identity).at("/metadata_public").isNull()).isEqualTo(removed);
		assertThat(patch("[{\"op\":\"remove\",\"path\":\"/state\"}]").status()).isEqualTo(removed ? 400 : 200);
		patch("[{\"op\":\"replace\",\"path\":\"/metadata_admin\",\"value\":null}]");
		assertThat(this.client.get(this.identity).at("/metadata_admin").isNull()).isTrue();
	}

	@ParameterizedTest
	@EnumSource(names = { "V1_0", "V1_3", "V26", "NEXT" })
	void refusesUnknownState(KratosEra era) {
		start(era);
		AdminClient.Response response = patch("[{\"op\":\"replace\",\"path\":\"/state\",\"value\":\"asleep\"}]");
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.at("/error/message").asString()).isEqualTo("identity state is not valid");
		assertThat(response.at("/error/reason").asString())
			.isEqualTo("The supplied state ('asleep') was not valid. Valid states are ('active', 'inactive').");
	}

	@Test
	void appliesAllOperationsOrNone() {
		start(KratosEra.V26);
		JsonNode before = this.client.get(this.identity).json();
		patch("[{\"op\":\"remove\",\"path\":\"/metadata_public/n\"},{\"op\":\"remove\",\"path\":\"/metadata_public/n\"}]");
		assertThat(this.client.get(this.identity).json()).isEqualTo(before);
	}

	@Test
	void validatesTraitsAndUniqueValues() {
		start(KratosEra.V26);
		this.client.createIdentity("b@example.test");
		assertThat(patch("[{\"op\":\"replace\",\"path\":\"/traits/email\",\"value\":\"nope\"}]").status())
			.isEqualTo(400);
		assertThat(patch("[{\"op\":\"replace\",\"path\":\"/traits/email\",\"value\":\"b@example.test\"}]").status())
			.isEqualTo(409);
		assertThat(patch("[{\"op\":\"replace\",\"path\":\"/schema_id\",\"value\":\"nope\"}]").at("/error/reason")
			.asString()).isEqualTo("Unable to find JSON Schema ID: nope");
		assertThat(this.client.patch("/admin/identities/" + ORGANIZATION, "nope").status()).isEqualTo(404);
	}

	@Test
	void verifiesAddress() {
		start(KratosEra.V26);
		String id = this.client.get(this.identity).at("/verifiable_addresses/0/id").asString();
		this.clock.advance(Duration.ofMinutes(1));
		JsonNode address = patch("[{\"op\":\"replace\",\"path\":\"/verifiable_addresses/0/verified\",\"value\":true}]")
			.at("/verifiable_addresses/0");
		assertThat(address.path("id").asString()).isEqualTo(id);
		assertThat(address.path("verified").asBoolean()).isTrue();
		assertThat(address.path("status").asString()).isEqualTo("pending");
		assertThat(address.has("verified_at")).isTrue();
		assertThat(address.path("updated_at")).isNotEqualTo(address.path("created_at"));
		JsonNode other = patch(
				"[{\"op\":\"replace\",\"path\":\"/verifiable_addresses/0/value\",\"value\":\"x@example.test\"}]")
			.at("/verifiable_addresses/0");
		assertThat(other.path("value").asString()).isEqualTo("a@example.test");
		assertThat(other.path("verified").asBoolean()).isFalse();
		assertThat(other.path("id").asString()).isNotEqualTo(id);
	}

	@ParameterizedTest
	@CsvSource({ "V1_0, , ", "V1_3, , " + ORGANIZATION, "V26, e, " + ORGANIZATION })
	void setsFieldsOfItsEra(KratosEra era, String externalId, String organizationId) {
		start(era);
		patch("[{\"op\":\"add\",\"path\":\"/external_id\",\"value\":\"e\"},{\"op\":\"add\",\"path\":\"/organization_id\","
				+ "\"value\":\"" + ORGANIZATION + "\"},{\"op\":\"add\",\"path\":\"/colour\",\"value\":\"red\"}]");
		JsonNode read = this.client.get(this.identity).json();
		assertThat(read.path("external_id").asString(null)).isEqualTo(externalId);
		assertThat(read.path("organization_id").asString(null)).isEqualTo(organizationId);
		assertThat(read.has("colour")).isFalse();
	}

	@Test
	void setsTimesOfCreationAndStateChange() {
		start(KratosEra.V26);
		JsonNode patched = patch("[{\"op\":\"add\",\"path\":\"/state_changed_at\",\"value\":\"2020-01-01T00:00:00Z\"},"
				+ "{\"op\":\"add\",\"path\":\"/created_at\",\"value\":\"2020-01-02T00:00:00Z\"}]")
			.json();
		assertThat(patched.path("state_changed_at").asString()).isEqualTo("2020-01-01T00:00:00Z");
		assertThat(patched.path("created_at").asString()).isEqualTo("2020-01-02T00:00:00Z");
	}

	@Test
	void removalOfPasswordKeepsItsIdentifiers() {
		start(KratosEra.V26);
		assertThat(patch(
				"[{\"op\":\"add\",\"path\":\"/credentials/password/config/hashed_password\",\"value\":\"$2a$x\"}]")
			.status()).isEqualTo(200);
		assertThat(password().at("/config/hashed_password").asString()).isEqualTo("$2a$x");
		assertThat(patch("[{\"op\":\"remove\",\"path\":\"/credentials/password\"}]").status()).isEqualTo(200);
		assertThat(password().path("config")).hasToString("{}");
		assertThat(password().path("identifiers")).hasToString("[\"a@example.test\"]");
	}

	private JsonNode password() {
		return this.client.get(this.identity + "?include_credential=password").at("/credentials/password");
	}

	private void assertRefused(String patch, String message) {
		AdminClient.Response response = patch(patch);
		assertThat(response.status()).as(response.body()).isEqualTo(400);
		assertThat(response.at("/error/reason").asString()).isEqualTo("An error occured when applying the JSON patch");
		assertThat(response.at("/error/message").asString()).isEqualTo(message);
	}

	private AdminClient.Response patch(String patch) {
		return this.client.patch(this.identity, patch);
	}

}
