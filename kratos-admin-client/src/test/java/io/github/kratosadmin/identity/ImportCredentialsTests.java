package io.github.kratosadmin.identity;

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
