package io.github.kratosadmin.internal.imports;

import java.util.List;
import java.util.Map;

import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.IdentityState;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.ImportCredentials.Oidc;
import io.github.kratosadmin.identity.ImportCredentials.OidcConfig;
import io.github.kratosadmin.identity.ImportCredentials.OidcProvider;
import io.github.kratosadmin.identity.ImportCredentials.Password;
import io.github.kratosadmin.identity.ImportCredentials.PasswordConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalGuessTests {

	private static final String ID = "00000000-0000-4000-8000-00000000000A";

	private static CreateIdentity.Builder person() {
		return CreateIdentity.builder().traits(Map.of("email", "a@example.test"));
	}

	private static boolean isSuspect(CreateIdentity.Builder identity) {
		return RefusalGuess.isSuspect(identity.build());
	}

	private static boolean isSuspect(PasswordConfig password) {
		return isSuspect(person()
			.credentials(new ImportCredentials(new Password(password), null, null, null, null, null, null)));
	}

	private static boolean isSuspect(@Nullable String organization) {
		OidcConfig config = new OidcConfig(List.of(new OidcProvider("github", "1", null, organization)));
		return isSuspect(
				person().credentials(new ImportCredentials(null, new Oidc(config), null, null, null, null, null)));
	}

	@Test
	void aRowThatKratosReadsIsNoSuspect() {
		assertThat(isSuspect(person())).isFalse();
		assertThat(isSuspect(person().state(IdentityState.ACTIVE))).isFalse();
		assertThat(isSuspect(person().state(IdentityState.INACTIVE).organizationId(ID))).isFalse();
		assertThat(isSuspect(person().organizationId(ID.replace("-", "")))).isFalse();
		assertThat(isSuspect((String) null)).isFalse();
		assertThat(isSuspect(ID)).isFalse();
	}

	@Test
	void anotherStateAndAnOrganizationWithoutAUuidAreSuspects() {
		assertThat(isSuspect(person().state(new IdentityState("sleeping")))).isTrue();
		assertThat(isSuspect(person().organizationId("acme"))).isTrue();
		assertThat(isSuspect(person().organizationId("1-1-1-1-1"))).isTrue();
		assertThat(isSuspect("acme")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "$2a$10$01234567890123456789012345678901234567890123456789012",
			"$2$10$01234567890123456789012345678901234567890123456789012", "$argon2id$x", "$argon2i$x",
			"$pbkdf2-sha512$x", "$scrypt$x", "$firescrypt$x", "$md5$x", "$md5-crypt$x", "$sha1$x", "$sha512$x",
			"$sha256-crypt$x", "$hmac-sha384$x", "{SSHA}x", "{SSHA512}x" })
	void aHashOfAFormatThatKratosKnowsIsNoSuspect(String hash) {
		assertThat(isSuspect(new PasswordConfig(null, hash, null))).isFalse();
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "x", "$x$", "$2a", "$2a$10$cut-off", " $argon2id$x", "$sha2$x", "$pbkdf2-sha$x",
			"{SSHA1}x", "$MD5$x", "$6$x$y" })
	void anotherHashIsASuspect(@Nullable String hash) {
		assertThat(isSuspect(new PasswordConfig(null, hash, null))).isTrue();
	}

	@Test
	void aClearPasswordAndTheMigrationHookNeedNoHash() {
		assertThat(isSuspect(new PasswordConfig("p", null, null))).isFalse();
		assertThat(isSuspect(new PasswordConfig(null, null, true))).isFalse();
		assertThat(isSuspect(new PasswordConfig(null, null, false))).isTrue();
	}

}
