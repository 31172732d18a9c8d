package io.github.kratosadmin.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;

import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.IdentityState;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.RecoveryAddress;
import io.github.kratosadmin.identity.VerifiableAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RequestJsonTests {

	@Test
	void anIdentityIsWrittenAsOneLineWithItsSecrets() {
		assertThat(RequestJson.write(identity())).isEqualTo("""
				{"schema_id":"person","traits":{"email":"ann@example.test","name":"Ann\\nLee"},"state":"inactive",\
				"metadata_admin":{"number":123456789012345678901234567890,"ratio":1.50},\
				"credentials":{"password":{"config":{"hashed_password":"$2a$10$x"}}},\
				"verifiable_addresses":[\
				{"value":"ann@example.test","verified":true,"via":"email","status":"completed"}],\
				"recovery_addresses":[{"value":"ann@example.test","via":"email"}],"external_id":"crm-1"}""");
	}

	@Test
	void whatWasWrittenIsReadBack() {
		String json = RequestJson.write(identity());
		CreateIdentity read = RequestJson.read(json);
		assertThat(RequestJson.write(read)).isEqualTo(json);
		assertThat(read.credentials()).isEqualTo(identity().credentials());
		assertThat(read.verifiableAddresses()).isEqualTo(identity().verifiableAddresses());
	}

	private static CreateIdentity identity() {
		return CreateIdentity.builder()
			.schemaId("person")
			.traits(new Person("ann@example.test", "Ann\nLee"))
			.state(IdentityState.INACTIVE)
			.metadataAdmin(new Numbers(new BigInteger("123456789012345678901234567890"), new BigDecimal("1.50")))
			.credentials(ImportCredentials.builder().hashedPassword("$2a$10$x").build())
			.verifiableAddress(VerifiableAddress.email("ann@example.test", true))
			.recoveryAddress(RecoveryAddress.email("ann@example.test"))
			.externalId("crm-1")
			.build();
	}

	@Test
	void fieldsThatAreNotSetAreNotWritten() {
		assertThat(RequestJson.write(CreateIdentity.builder().traits(Map.of()).build())).isEqualTo("{\"traits\":{}}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					``                                              | expected CreateIdentity
					{"traits":{"email":"secret"                     | the JSON ends too early
					secret                                          | not JSON at line 1, column
					{"traits":{}} secret                            | not JSON at line 1, column
					{"traits":{}}{"traits":{"email":"secret"}}      | expected CreateIdentity, found START_OBJECT at line 1, column 14
					"secret"                                        | expected CreateIdentity
					["secret"]                                      | expected CreateIdentity, found START_ARRAY
					null                                            | traits is missing
					{}                                              | traits is missing
					{"traits":null}                                 | traits is missing
					{"traits":{},"secret":1}                        | unknown field at line 1, column
					{"traits":{},"credentials":{"secret":1}}        | /credentials: unknown field at line 1, column
					{"traits":{},"verifiable_addresses":[{"verified_at":"secret"}]} \
					| /verifiable_addresses/0/verified_at: expected Instant
					{"traits":{},"credentials":{"password":"secret"}} | /credentials/password: expected Password
					{"traits":{},"credentials":{"oidc":{"config":{"providers":[{"provider":"secret"}]}}}} \
					| /credentials/oidc/config/providers/0: subject is missing
					""")
	void otherJsonIsRejectedWithoutShowingIt(String json, String reason) {
		assertThatIllegalArgumentException().isThrownBy(() -> RequestJson.read((json != null) ? json : ""))
			.withMessageStartingWith("The JSON cannot be read as an identity to create: ")
			.withMessageContaining(reason)
			.withNoCause()
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret"));
	}

	record Person(String email, String name) {

	}

	record Numbers(BigInteger number, BigDecimal ratio) {

	}

}
