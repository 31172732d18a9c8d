package io.github.kratosadmin.identity;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.json.ResponseJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link CreateIdentity#from(Identity)} and
 * {@link CreateIdentity#differences(Identity)}.
 */
class IdentityDifferencesTests {

	private static final String ORGANIZATION = "cf66b8df-d5d0-4e77-b71d-0ce06b9b811a";

	private static final Identity STORED = ResponseJson.read(
			"""
					{"id":"1","schema_id":"person","schema_url":"http://x","state":"inactive","state_changed_at":"2024-01-01T00:00:00Z",
					"traits":{"email":"Ann@example.test","number":12345678901234567890,"ratio":1.50},
					"verifiable_addresses":[
					{"id":"2","value":"ann@example.test","verified":true,"via":"email","status":"completed",
					"verified_at":"2024-01-02T00:00:00Z","created_at":"2024-01-01T00:00:00Z","updated_at":"2024-01-01T00:00:00Z","new":1},
					{"id":"3","value":"+4930123456","verified":false,"via":"sms","status":"sent"}],
					"recovery_addresses":[{"id":"4","value":"ann@example.test","via":"email","created_at":"2024-01-01T00:00:00Z"}],
					"metadata_public":{"plan":"pro"},"metadata_admin":{"risk":3},
					"external_id":"crm-1","organization_id":"cf66b8df-d5d0-4e77-b71d-0ce06b9b811a","region":"eu",
					"created_at":"2024-01-01T00:00:00Z","updated_at":"2024-01-01T00:00:00Z","new":1,
					"credentials":{
					"password":{"type":"password","identifiers":["ann@example.test"],"config":{"hashed_password":"$2a$10$x"}},
					"oidc":{"type":"oidc","identifiers":["github:4711","google:a:b"],"config":{"providers":[
					{"provider":"github","subject":"4711","initial_access_token":"t","organization":"","use_auto_link":true},
					{"provider":"google","subject":"a:b","organization":"cf66b8df-d5d0-4e77-b71d-0ce06b9b811a"}]}},
					"saml":{"type":"saml","identifiers":["idp:s"],"config":{"providers":[{"provider":"idp","subject":"s"}]}},
					"totp":{"type":"totp","identifiers":["1"],"config":{"totp_url":"otpauth://totp/x"}},
					"lookup_secret":{"type":"lookup_secret","identifiers":["1"],"config":{"recovery_codes":[
					{"code":"a","used_at":"0001-01-01T00:00:00Z"},{"code":"b","used_at":"2024-01-01T00:00:00Z"},{"code":"c","used_at":null}]}},
					"webauthn":{"type":"webauthn","identifiers":["1"],"config":{"user_handle":"aA==","credentials":[
					{"id":"aQ==","public_key":"aw==","attestation_type":"none","display_name":"Key","added_at":"2024-01-01T00:00:00Z",
					"is_passwordless":false,"authenticator":{"aaguid":"YQ==","sign_count":7,"clone_warning":false},"transport":["usb"]}]}},
					"passkey":{"type":"passkey","identifiers":["h"],"config":{"user_handle":"aA==","credentials":[
					{"id":"ag==","public_key":"aw==","is_passwordless":true}]}},
					"code":{"type":"code","identifiers":["ann@example.test"],"config":{"addresses":[]}}}}""",
			Identity.class);

	@Test
	void everythingThatCanBeCreatedAgainIsTakenOver() {
		CreateIdentity identity = CreateIdentity.from(STORED).build();
		assertThat(identity.schemaId()).isEqualTo("person");
		assertThat(identity.traits()).isEqualTo(STORED.traits());
		assertThat(identity.state()).isEqualTo(IdentityState.INACTIVE);
		assertThat(identity.metadataPublic()).isEqualTo(STORED.metadataPublic());
		assertThat(identity.metadataAdmin()).isEqualTo(STORED.metadataAdmin());
		assertThat(identity.externalId()).isEqualTo("crm-1");
		assertThat(identity.organizationId()).isEqualTo(ORGANIZATION);
		assertThat(identity.region()).isEqualTo(IdentityRegion.EU);
		assertThat(json(identity.verifiableAddresses())).isEqualTo("""
				[{"value":"ann@example.test","verified":true,"via":"email","status":"completed",\
				"verified_at":"2024-01-02T00:00:00Z"},\
				{"value":"+4930123456","verified":false,"via":"sms","status":"sent"}]""");
		assertThat(json(identity.recoveryAddresses()))
			.isEqualTo("[{\"value\":\"ann@example.test\",\"via\":\"email\"}]");
	}

	@Test
	void theCredentialsThatWereReadAreTakenOver() {
		assertThat(json(CreateIdentity.from(STORED).build().credentials())).isEqualTo("""
				{"password":{"config":{"hashed_password":"$2a$10$x"}},\
				"oidc":{"config":{"providers":[{"provider":"github","subject":"4711","use_auto_link":true},\
				{"provider":"google","subject":"a:b","organization":"cf66b8df-d5d0-4e77-b71d-0ce06b9b811a"}]}},\
				"saml":{"config":{"providers":[{"provider":"idp","subject":"s"}]}},\
				"totp":{"config":{"totp_url":"otpauth://totp/x"}},\
				"lookup_secret":{"config":{"codes":[{"code":"a"},{"code":"b","used_at":"2024-01-01T00:00:00Z"},\
				{"code":"c"}]}},\
				"webauthn":{"config":{"credentials":[{"id":"aQ==","public_key":"aw==","attestation_type":"none",\
				"authenticator":{"aaguid":"YQ==","sign_count":7,"clone_warning":false},"display_name":"Key",\
				"added_at":"2024-01-01T00:00:00Z","is_passwordless":false,"transport":["usb"]}],"user_handle":"aA=="}},\
				"passkey":{"config":{"credentials":[{"id":"ag==","public_key":"aw==","is_passwordless":true,\
				"transport":[]}],"user_handle":"aA=="}}}""");
	}

	private static String json(Object value) {
		return KratosJson.mapper().writeValueAsString(value);
	}

	@Test
	void credentialsWithoutTheirSecretsAreNotTakenOver() {
		CreateIdentity identity = CreateIdentity.from(ResponseJson.read("""
				{"id":"1","traits":{},"external_id":"","organization_id":"","credentials":{
				"password":{"identifiers":["ann@example.test"]},
				"oidc":{"identifiers":["github:4711"],"config":{"providers":[]}},
				"code":{"config":{"addresses":[]}}}}""", Identity.class)).build();
		assertThat(identity).isEqualTo(CreateIdentity.builder().traits(Map.of()).build());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"use_password_migration_hook":true} | {"config":{"use_password_migration_hook":true}}
			{"hashed_password":"","use_password_migration_hook":true} | {"config":{"use_password_migration_hook":true}}
			{"hashed_password":"h","use_password_migration_hook":true} | {"config":{"hashed_password":"h"}}
			""")
	void theWebHookForAPasswordIsTakenOverIfThereIsNoHash(String config, String password) {
		ImportCredentials credentials = CreateIdentity.from(withPassword(config)).build().credentials();
		assertThat(json(credentials)).isEqualTo("{\"password\":" + password + "}");
	}

	private static Identity withPassword(String config) {
		return ResponseJson.read(
				"{\"id\":\"1\",\"traits\":{},\"credentials\":{\"password\":{\"config\":" + config + "}}}",
				Identity.class);
	}

	@Test
	void credentialsThatCannotBeReadAreRejectedWithoutShowingThem() {
		Identity identity = ResponseJson.read("""
				{"id":"1","traits":{},"credentials":{"webauthn":{"config":{"credentials":[
				{"id":"secret","public_key":"secret","added_at":"secret"}]}}}}""", Identity.class);
		assertThatIllegalArgumentException().isThrownBy(() -> CreateIdentity.from(identity))
			.withMessage("The credentials of the type webauthn cannot be read: /added_at: expected Instant,"
					+ " found VALUE_STRING")
			.withNoCause();
	}

	@Test
	void anIdentityDoesNotDifferFromTheRequestThatWasMadeFromIt() {
		assertThat(CreateIdentity.from(STORED).build().differences(STORED)).isEmpty();
	}

	static Stream<Arguments> changes() {
		return Stream.of(arguments("schema_id", from().schemaId("other")),
				arguments("traits", from().traits(Map.of("email", "Ann@example.test"))),
				arguments("state", from().state(IdentityState.ACTIVE)), arguments("state", from().state(null)),
				arguments("metadata_public", from().metadataPublic(null)),
				arguments("metadata_public", from().metadataPublic(Map.of("plan", "Pro"))),
				arguments("metadata_admin", from().metadataAdmin(Map.of("risk", 4))),
				arguments("external_id", from().externalId("CRM-1")), arguments("external_id", from().externalId(null)),
				arguments("organization_id", from().organizationId(null)),
				arguments("verifiable_addresses",
						from().verifiableAddress(VerifiableAddress.email("bob@example.test", false))),
				arguments("verifiable_addresses", from().verifiableAddress(VerifiableAddress.sms("+4930123456", true))),
				arguments("recovery_addresses", from().recoveryAddress(RecoveryAddress.email("bob@example.test"))),
				arguments("credentials", with(credentials().hashedPassword("$2a$10$y"))),
				arguments("credentials", with(credentials().oidc("github", "4712"))),
				arguments("credentials",
						with(credentials().saml(new ImportCredentials.SamlProvider("idp", "t", null)))),
				arguments("credentials", with(credentials().totp("otpauth://totp/y"))),
				arguments("credentials", with(credentials().lookupSecret("d"))), arguments("credentials",
						with(credentials().webauthn(WebAuthnCredential.builder(new byte[1], new byte[1]).build()))));
	}

	private static CreateIdentity.Builder from() {
		return CreateIdentity.from(STORED);
	}

	private static ImportCredentials.Builder credentials() {
		return ImportCredentials.builder();
	}

	private static CreateIdentity.Builder with(ImportCredentials.Builder credentials) {
		return from().credentials(credentials.build());
	}

	@ParameterizedTest
	@MethodSource("changes")
	void aFieldThatDiffersIsNamed(String field, CreateIdentity.Builder request) {
		assertThat(request.build().differences(STORED)).containsExactly(field);
	}

	@Test
	void allFieldsThatDifferAreNamed() {
		assertThat(from().schemaId("other").traits(Map.of()).externalId("x").build().differences(STORED))
			.containsExactly("schema_id", "traits", "external_id");
	}

	static Stream<CreateIdentity.Builder> notations() {
		return Stream.of(from().schemaId(null), from().schemaId(""),
				from().organizationId("{" + ORGANIZATION.toUpperCase(Locale.ROOT) + "}"),
				from().traits(Map.of("ratio", 1.5, "email", "Ann@example.test", "number",
						new BigInteger("12345678901234567890"))),
				from().metadataAdmin(Map.of("risk", 3L)),
				from().verifiableAddress(VerifiableAddress.email(" ANN@example.test", false)),
				from().verifiableAddress(VerifiableAddress.sms("+49 (0)30 123-456", false)),
				with(credentials().password("clear")), with(credentials().usePasswordMigrationHook(true)),
				with(credentials().oidc("google", "a:b")), with(credentials().lookupSecret("b")),
				from().credentials(null));
	}

	@ParameterizedTest
	@MethodSource("notations")
	void anotherNotationIsNoDifference(CreateIdentity.Builder request) {
		assertThat(request.build().differences(STORED)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "+49 30 123 456, +4930123456, true", "+49 (0)30/123-456, +4930123456, true",
			"+49 030 123456, +4930123456, true", "+49 30 123 457, +4930123456, false",
			"+49 30 123 456, +4930 123456, false", "4930123456, +4930123456, false", "Ann, ann, false",
			"1234567, 9234567, false", "a@b.test, A@B.test, false" })
	void ofTheTraitsKratosMayOnlyWriteAPhoneNumberInAnotherNotation(String sent, String stored, boolean same) {
		Identity identity = ResponseJson.read("{\"id\":\"1\",\"traits\":{\"x\":[\"" + stored + "\"]}}", Identity.class);
		assertThat(CreateIdentity.builder().traits(Map.of("x", List.of(sent))).build().differences(identity))
			.isEqualTo(same ? List.of() : List.of("traits"));
	}

	@Test
	void absentTraitsAndEmptyMetadataAreNoDifference() {
		Identity identity = ResponseJson.read("{\"id\":\"1\",\"metadata_public\":{}}", Identity.class);
		assertThat(CreateIdentity.builder().traits(Map.of()).build().differences(identity)).isEmpty();
	}

	@Test
	void credentialsThatTheResponseDoesNotShowAreMissing() {
		Identity identity = ResponseJson.read("{\"id\":\"1\",\"traits\":{}}", Identity.class);
		for (ImportCredentials.Builder credentials : List.of(credentials().password("x"),
				credentials().oidc("github", "4711"), credentials().totp("x"))) {
			assertThat(CreateIdentity.builder()
				.traits(Map.of())
				.credentials(credentials.build())
				.build()
				.differences(identity)).containsExactly("credentials");
		}
	}

	@Test
	void aHashThatWasNotReadIsNotCompared() {
		Identity identity = ResponseJson.read(
				"{\"id\":\"1\",\"traits\":{},\"credentials\":{\"password\":{\"identifiers\":[\"a\"]}}}",
				Identity.class);
		assertThat(CreateIdentity.builder()
			.traits(Map.of())
			.credentials(credentials().hashedPassword("$2a$10$x").build())
			.build()
			.differences(identity)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			password      | {}
			password      | {"hashed_password":""}
			password      | {"use_password_migration_hook":true}
			totp          | {}
			lookup_secret | {"recovery_codes":[]}
			webauthn      | {"credentials":[]}
			passkey       | {}
			""")
	void credentialsThatWereReadAndHaveNoSecretsDiffer(String type, String config) {
		Identity identity = ResponseJson
			.read("{\"id\":\"1\",\"traits\":{},\"credentials\":{\"%s\":{\"identifiers\":[\"a\"],\"config\":%s}}}"
				.formatted(type, config), Identity.class);
		WebAuthnCredential key = WebAuthnCredential.builder(new byte[1], new byte[1]).build();
		ImportCredentials.Builder wanted = switch (type) {
			case "password" -> credentials().hashedPassword("$2a$10$x");
			case "totp" -> credentials().totp("otpauth://totp/x");
			case "lookup_secret" -> credentials().lookupSecret("a");
			case "webauthn" -> credentials().webauthn(key);
			default -> credentials().passkey(key);
		};
		assertThat(CreateIdentity.builder().traits(Map.of()).credentials(wanted.build()).build().differences(identity))
			.containsExactly("credentials");
	}

	@Test
	void onlyTheCredentialsOfTheRequestAreRead() {
		Identity identity = ResponseJson
			.read("{\"id\":\"1\",\"traits\":{},\"credentials\":{\"oidc\":{\"config\":{\"providers\":[{}]}},"
					+ "\"password\":{\"config\":{\"hashed_password\":\"$2a$10$x\"}}}}", Identity.class);
		assertThat(CreateIdentity.builder()
			.traits(Map.of())
			.credentials(credentials().hashedPassword("$2a$10$x").build())
			.build()
			.differences(identity)).isEmpty();
	}

}
