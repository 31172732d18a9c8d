package io.github.kratosadmin.identity;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.kratosadmin.identity.ImportCredentials.OidcProvider;
import io.github.kratosadmin.identity.ImportCredentials.SamlProvider;
import io.github.kratosadmin.internal.json.KratosJson;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ImportCredentialsTests {

	@Test
	void aClearPasswordIsWritten() {
		assertThat(write(ImportCredentials.builder().password("hunter2").build()))
			.isEqualTo("{\"password\":{\"config\":{\"password\":\"hunter2\"}}}");
	}

	@Test
	void aHashedPasswordIsWritten() {
		assertThat(write(ImportCredentials.builder().hashedPassword("$2a$10$x").build()))
			.isEqualTo("{\"password\":{\"config\":{\"hashed_password\":\"$2a$10$x\"}}}");
	}

	@Test
	void theMigrationHookIsWritten() {
		assertThat(write(ImportCredentials.builder().usePasswordMigrationHook(true).build()))
			.isEqualTo("{\"password\":{\"config\":{\"use_password_migration_hook\":true}}}");
	}

	@Test
	void accountsOfProvidersAreWritten() {
		assertThat(write(ImportCredentials.builder()
			.oidc("github", "4711")
			.oidc(new OidcProvider("google", "4712", true, "o"))
			.saml(new SamlProvider("okta", "4713", null))
			.build())).isEqualTo("""
					{"oidc":{"config":{"providers":[{"provider":"github","subject":"4711"},\
					{"provider":"google","subject":"4712","use_auto_link":true,"organization":"o"}]}},\
					"saml":{"config":{"providers":[{"provider":"okta","subject":"4713"}]}}}""");
	}

	@Test
	void secondFactorsAreWritten() {
		assertThat(write(ImportCredentials.builder()
			.totp("otpauth://totp/x?secret=y")
			.lookupSecret("code-1")
			.lookupSecret("code-2", Instant.parse("2026-01-02T03:04:05Z"))
			.build())).isEqualTo("""
					{"totp":{"config":{"totp_url":"otpauth://totp/x?secret=y"}},\
					"lookup_secret":{"config":{"codes":[{"code":"code-1"},\
					{"code":"code-2","used_at":"2026-01-02T03:04:05Z"}]}}}""");
	}

	@Test
	void bytesOfKeysAreWrittenInBase64AsKratosReadsThem() {
		byte[] bytes = { -5, -1, -2, 0 };
		WebAuthnCredential key = WebAuthnCredential.builder(bytes, new byte[] { 1 }).build();
		assertThat(write(ImportCredentials.builder()
			.webauthn(key)
			.webauthnUserHandle(bytes)
			.passkey(WebAuthnCredential.builder(bytes, new byte[] { 1 })
				.attestationType("none")
				.authenticator(bytes, 4_294_967_295L)
				.displayName("phone")
				.addedAt(Instant.parse("2026-01-02T03:04:05Z"))
				.passwordless(true)
				.flags(new WebAuthnCredential.Flags(true, true, false, false))
				.transport(List.of("internal"))
				.attestation(new WebAuthnCredential.Attestation("AQ==", "Ag==", "Aw==", -7, "BA=="))
				.build())
			.passkeyUserHandle(new byte[] { 2 })
			.build())).isEqualTo(
					"""
							{"webauthn":{"config":{"credentials":[{"id":"+//+AA==","public_key":"AQ==",\
							"is_passwordless":false,"transport":[]}],"user_handle":"+//+AA=="}},\
							"passkey":{"config":{"credentials":[{"id":"+//+AA==","public_key":"AQ==",\
							"attestation_type":"none","authenticator":{"aaguid":"+//+AA==","sign_count":4294967295,\
							"clone_warning":false},"display_name":"phone","added_at":"2026-01-02T03:04:05Z",\
							"is_passwordless":true,"flags":{"user_present":true,"user_verified":true,\
							"backup_eligible":false,"backup_state":false},"transport":["internal"],\
							"attestation":{"client_dataJSON":"AQ==","client_data_hash":"Ag==",\
							"authenticator_data":"Aw==","public_key_algorithm":-7,"object":"BA=="}}],"user_handle":"Ag=="}}}""");
	}

	@Test
	void keysCanBeReadFromTheConfigurationThatAnotherKratosReturns() {
		ImportCredentials.WebAuthnConfig config = KratosJson.mapper()
			.readValue("""
					{"credentials":[{"id":"AQIDBA==","public_key":"BQYH","attestation_type":"none","display_name":"k",
					"added_at":"2026-01-01T00:00:00Z","is_passwordless":true}],"user_handle":"AQID/w=="}""",
					ImportCredentials.WebAuthnConfig.class);
		assertThat(config.userHandle()).isEqualTo("AQID/w==");
		assertThat(config.credentials()).singleElement()
			.isEqualTo(WebAuthnCredential.builder(new byte[] { 1, 2, 3, 4 }, new byte[] { 5, 6, 7 })
				.attestationType("none")
				.displayName("k")
				.addedAt(Instant.parse("2026-01-01T00:00:00Z"))
				.passwordless(true)
				.build());
	}

	@Test
	void aUserHandleWithoutKeysIsRejected() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ImportCredentials.builder().totp("x").passkeyUserHandle(new byte[1]).build())
			.withMessage("There is a user handle, but no passkey: add one");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ImportCredentials.builder().webauthnUserHandle(new byte[1]).build())
			.withMessage("There is a user handle, but no webauthn: add one");
		assertThatIllegalArgumentException().isThrownBy(() -> ImportCredentials.builder().lookupSecret(null));
	}

	@Test
	void aPasswordIsClearOrHashed() {
		ImportCredentials.Builder builder = ImportCredentials.builder().password("a").hashedPassword("b");
		assertThatIllegalArgumentException().isThrownBy(builder::build)
			.withMessage("Set either the clear password or the hashed one, not both");
	}

	@Test
	void emptyCredentialsAreRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> ImportCredentials.builder().build());
	}

	@Test
	void anAccountHasAProviderAndASubject() {
		assertThatIllegalArgumentException().isThrownBy(() -> new OidcProvider("github", null, null, null))
			.withMessage("subject is missing");
		assertThatIllegalArgumentException().isThrownBy(() -> new SamlProvider(null, "4711", null))
			.withMessage("provider is missing");
	}

	@Test
	void nothingShowsASecret() {
		ImportCredentials credentials = ImportCredentials.builder()
			.password("CANARY")
			.oidc("github", "CANARY")
			.saml(new SamlProvider("okta", "CANARY", null))
			.build();
		assertThat(credentials.toString() + credentials.password() + credentials.oidc() + credentials.saml())
			.doesNotContain("CANARY")
			.contains("github", "okta");
		assertThat(CreateIdentity.builder().traits(Map.of()).credentials(credentials).build().toString())
			.doesNotContain("CANARY");
	}

	private static String write(ImportCredentials credentials) {
		return KratosJson.mapper().writeValueAsString(credentials);
	}

}
