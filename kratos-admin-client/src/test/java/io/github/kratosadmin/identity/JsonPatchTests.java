package io.github.kratosadmin.identity;

import java.util.List;
import java.util.Map;

import io.github.kratosadmin.internal.json.KratosJson;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class JsonPatchTests {

	@Test
	void aPatchIsWrittenInItsOrder() {
		JsonPatch patch = JsonPatch.builder()
			.replace(IdentityPath.state(), IdentityState.INACTIVE)
			.add(IdentityPath.metadataPublic("plan"), Map.of("name", "pro"))
			.remove(IdentityPath.traits("name", "first"))
			.add(IdentityPath.traits("tags", "-"), "new")
			.replace(IdentityPath.verifiableAddress(0, "verified"), true)
			.replace(IdentityPath.schemaId(), "customer")
			.add(IdentityPath.externalId(), "crm-1")
			.add(IdentityPath.organizationId(), "o")
			.build();
		assertThat(write(patch)).isEqualTo("""
				[{"op":"replace","path":"/state","value":"inactive"},\
				{"op":"add","path":"/metadata_public/plan","value":{"name":"pro"}},\
				{"op":"remove","path":"/traits/name/first"},\
				{"op":"add","path":"/traits/tags/-","value":"new"},\
				{"op":"replace","path":"/verifiable_addresses/0/verified","value":true},\
				{"op":"replace","path":"/schema_id","value":"customer"},\
				{"op":"add","path":"/external_id","value":"crm-1"},\
				{"op":"add","path":"/organization_id","value":"o"}]""");
	}

	@Test
	void theNamesOfFieldsAreEscaped() {
		JsonPatch patch = JsonPatch.builder()
			.remove(IdentityPath.metadataAdmin("a/b", "m~n", "~1", "", "../state", "ü \"\\"))
			.build();
		assertThat(patch.operations().get(0).path()).isEqualTo("/metadata_admin/a~1b/m~0n/~01//..~1state/ü \"\\");
	}

	@Test
	void aValueOfNullIsWritten() {
		assertThat(write(JsonPatch.builder().add(IdentityPath.metadataPublic("plan"), null).build()))
			.isEqualTo("[{\"op\":\"add\",\"path\":\"/metadata_public/plan\",\"value\":null}]");
	}

	@Test
	void absentPropertiesOfAValueAreLeftOut() {
		record Name(String first, String last) {
		}
		assertThat(write(JsonPatch.builder().replace(IdentityPath.traits("name"), new Name("Ann", null)).build()))
			.isEqualTo("[{\"op\":\"replace\",\"path\":\"/traits/name\",\"value\":{\"first\":\"Ann\"}}]");
	}

	@Test
	void aChangeWithoutAValueIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> new JsonPatch.Operation("add", "/traits/a", null))
			.withMessage("The value of 'add /traits/a' is missing");
	}

	@Test
	void removedMetadataBecomesNull() {
		// Kratos 1.3 takes a removal, and keeps the metadata.
		assertThat(write(JsonPatch.builder().remove(IdentityPath.metadataAdmin()).build()))
			.isEqualTo("[{\"op\":\"replace\",\"path\":\"/metadata_admin\",\"value\":null}]");
	}

	@Test
	void requiredFieldsAreNotRemoved() {
		JsonPatch.Builder patch = JsonPatch.builder();
		assertThatIllegalArgumentException().isThrownBy(() -> patch.remove(IdentityPath.state()))
			.withMessage("An identity cannot be without /state: replace it");
		assertThatIllegalArgumentException().isThrownBy(() -> patch.remove(IdentityPath.schemaId()));
		assertThatIllegalArgumentException().isThrownBy(() -> patch.remove(IdentityPath.traits()));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> patch.remove(IdentityPath.verifiableAddress(0, "status")));
	}

	@Test
	void onlyFieldsOfAnAddressThatKratosStoresAreChanged() {
		for (String field : List.of("verified", "status", "verified_at")) {
			assertThat(IdentityPath.verifiableAddress(1, field)).hasToString("/verifiable_addresses/1/" + field);
		}
		assertThatIllegalArgumentException().isThrownBy(() -> IdentityPath.verifiableAddress(0, "value"))
			.withMessage("Of a verifiable address 'verified', 'status' or 'verified_at' can be changed, not 'value'");
		assertThatIllegalArgumentException().isThrownBy(() -> IdentityPath.verifiableAddress(-1, "status"));
	}

	@Test
	void anEmptyPatchIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> JsonPatch.builder().build())
			.withMessageContaining("The patch is empty");
	}

	@Test
	void aPatchShowsNoValues() {
		assertThat(JsonPatch.builder().add(IdentityPath.traits("email"), "canary@a.test").build())
			.hasToString("JsonPatch[add /traits/email]");
	}

	private static String write(JsonPatch patch) {
		return KratosJson.mapper().writeValueAsString(patch);
	}

}
