package io.github.kratosadmin.identity;

import java.util.List;
import java.util.Map;

import io.github.kratosadmin.internal.json.KratosJson;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class UpdateIdentityTests {

	private static final Identity IDENTITY = read("""
			{"id":"x","schema_id":"default","state":"inactive","traits":{"age":4.10},"metadata_public":{"a":1.0},
			"metadata_admin":["b"],"external_id":"e","organization_id":"o","created_at":"2026-01-02T03:04:05Z",
			"verifiable_addresses":[{"value":"v"}],"credentials":{"password":{"identifiers":["i"]}}}""");

	@Test
	void anUpdateFromAnIdentityHasAllFieldsOfAnUpdate() {
		assertThat(write(UpdateIdentity.from(IDENTITY).build())).isEqualTo("""
				{"schema_id":"default","traits":{"age":4.10},"state":"inactive","metadata_public":{"a":1.0},\
				"metadata_admin":["b"],"external_id":"e"}""");
	}

	@Test
	void anUpdateFromAnIdentityHasNoFieldsThatTheIdentityLacks() {
		assertThat(write(UpdateIdentity.from(read("{\"id\":\"x\",\"traits\":{}}")).build()))
			.isEqualTo("{\"traits\":{}}");
	}

	@Test
	void fieldsThatAreSetReplaceThoseOfTheIdentity() {
		UpdateIdentity update = UpdateIdentity.from(IDENTITY)
			.schemaId("customer")
			.traits(Map.of("a", "b"))
			.state(IdentityState.ACTIVE)
			.metadataPublic(List.of(1))
			.metadataAdmin(null)
			.externalId(null)
			.build();
		assertThat(write(update)).isEqualTo(
				"{\"schema_id\":\"customer\",\"traits\":{\"a\":\"b\"},\"state\":\"active\",\"metadata_public\":[1]}");
	}

	@Test
	void onlyFieldsThatAreSetAreWritten() {
		assertThat(write(UpdateIdentity.builder().traits(Map.of()).build())).isEqualTo("{\"traits\":{}}");
	}

	@Test
	void everythingThatIsSetIsWritten() {
		UpdateIdentity update = UpdateIdentity.builder()
			.schemaId("customer")
			.traits(Map.of())
			.state(new IdentityState("suspended"))
			.metadataPublic(Map.of("a", 1))
			.metadataAdmin("b")
			.externalId("e")
			.build();
		assertThat(write(update)).isEqualTo("""
				{"schema_id":"customer","traits":{},"state":"suspended","metadata_public":{"a":1},\
				"metadata_admin":"b","external_id":"e"}""");
	}

	@Test
	void traitsMustNotBeMissing() {
		assertThatIllegalArgumentException().isThrownBy(() -> UpdateIdentity.builder().build())
			.withMessage("traits is missing");
	}

	@Test
	void metadataThatCannotBeWrittenIsRejectedByName() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> UpdateIdentity.builder().metadataPublic(new CreateIdentityTests.Broken()))
			.withMessageStartingWith("metadataPublic of type ");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> UpdateIdentity.builder().metadataAdmin(new CreateIdentityTests.Broken()))
			.withMessageStartingWith("metadataAdmin of type ");
	}

	private static Identity read(String json) {
		return KratosJson.mapper().readValue(json, Identity.class);
	}

	private static String write(UpdateIdentity update) {
		return KratosJson.mapper().writeValueAsString(update);
	}

}
