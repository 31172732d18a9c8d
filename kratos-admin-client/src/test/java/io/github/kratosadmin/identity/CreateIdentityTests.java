package io.github.kratosadmin.identity;

import java.util.Map;

import io.github.kratosadmin.internal.json.KratosJson;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CreateIdentityTests {

	@Test
	void onlyFieldsThatAreSetAreWritten() {
		assertThat(write(CreateIdentity.builder().traits(Map.of("email", "a@a.test")).build()))
			.isEqualTo("{\"traits\":{\"email\":\"a@a.test\"}}");
	}

	@Test
	void everythingThatIsSetIsWritten() {
		assertThat(write(CreateIdentity.builder().schemaId("customer").traits(new Traits("a@a.test", null)).build()))
			.isEqualTo("{\"schema_id\":\"customer\",\"traits\":{\"email\":\"a@a.test\"}}");
	}

	@Test
	void fieldsOfNewerVersionsAreWritten() {
		assertThat(write(CreateIdentity.builder()
			.traits(Map.of())
			.state(IdentityState.INACTIVE)
			.metadataPublic(Map.of("plan", "pro"))
			.metadataAdmin(Map.of("risk", 3))
			.credentials(ImportCredentials.builder().hashedPassword("$2a$10$x").build())
			.verifiableAddress(VerifiableAddress.email("a@a.test", true))
			.verifiableAddress(VerifiableAddress.sms("+4917", false))
			.recoveryAddress(RecoveryAddress.email("a@a.test"))
			.externalId("crm-1")
			.organizationId("o")
			.build())).isEqualTo("""
					{"traits":{},"state":"inactive","metadata_public":{"plan":"pro"},"metadata_admin":{"risk":3},\
					"credentials":{"password":{"config":{"hashed_password":"$2a$10$x"}}},\
					"verifiable_addresses":[\
					{"value":"a@a.test","verified":true,"via":"email","status":"completed"},\
					{"value":"+4917","verified":false,"via":"sms","status":"pending"}],\
					"recovery_addresses":[{"value":"a@a.test","via":"email"}],\
					"external_id":"crm-1","organization_id":"o"}""");
	}

	@Test
	void unknownFieldsOfAnAddressAreNotSent() {
		VerifiableAddress verifiable = KratosJson.mapper()
			.readValue("{\"value\":\"a\",\"new\":1}", VerifiableAddress.class);
		RecoveryAddress recovery = KratosJson.mapper().readValue("{\"value\":\"b\",\"new\":1}", RecoveryAddress.class);
		assertThat(write(CreateIdentity.builder()
			.traits(Map.of())
			.verifiableAddress(verifiable)
			.recoveryAddress(recovery)
			.build())).isEqualTo("""
					{"traits":{},"verifiable_addresses":[{"value":"a","verified":false}],\
					"recovery_addresses":[{"value":"b"}]}""");
	}

	@Test
	void anAddressIsBuiltWithItsStatus() {
		assertThat(VerifiableAddress.builder().value("a").via("email").verified(true).build())
			.isEqualTo(VerifiableAddress.email("a", true));
		assertThat(VerifiableAddress.builder().value("1").via("sms").build())
			.isEqualTo(VerifiableAddress.sms("1", false));
		assertThat(VerifiableAddress.builder().value("a").via("email").status("sent").build().status())
			.isEqualTo("sent");
		assertThat(RecoveryAddress.builder().value("a").via("email").build()).isEqualTo(RecoveryAddress.email("a"));
	}

	@Test
	void anAddressNeedsItsValueAndTheWayToReachIt() {
		assertThatIllegalArgumentException().isThrownBy(() -> VerifiableAddress.builder().via("email").build())
			.withMessage("value is missing");
		assertThatIllegalArgumentException().isThrownBy(() -> VerifiableAddress.builder().value("a").build())
			.withMessage("via is missing");
		assertThatIllegalArgumentException().isThrownBy(() -> RecoveryAddress.builder().via("email").build())
			.withMessage("value is missing");
		assertThatIllegalArgumentException().isThrownBy(() -> RecoveryAddress.builder().value("a").build())
			.withMessage("via is missing");
	}

	@Test
	void aTreeOfTraitsIsWrittenAsItIs() {
		String traits = "{\"z\":null,\"a\":1.10,\"b\":123456789012345678901234567890,\"c\":\"Ådén 😀\"}";
		assertThat(write(CreateIdentity.builder().traits(KratosJson.mapper().readTree(traits)).build()))
			.isEqualTo("{\"traits\":" + traits + "}");
	}

	@Test
	void traitsMustNotBeMissing() {
		CreateIdentity.Builder builder = CreateIdentity.builder().schemaId("default");
		assertThatIllegalArgumentException().isThrownBy(builder::build).withMessage("traits is missing");
	}

	@Test
	void traitsThatCannotBeWrittenAreRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> CreateIdentity.builder().traits(new Broken()))
			.withMessageStartingWith(
					"traits of type " + Broken.class.getName() + " cannot be written as JSON: /email: ")
			.withMessageNotContaining("CANARY");
	}

	private static String write(CreateIdentity identity) {
		return KratosJson.mapper().writeValueAsString(identity);
	}

	record Traits(String email, String phone) {

	}

	public static class Broken {

		public String getEmail() {
			throw new IllegalStateException("CANARY");
		}

	}

}
