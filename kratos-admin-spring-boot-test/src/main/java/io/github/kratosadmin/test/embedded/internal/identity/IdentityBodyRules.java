package io.github.kratosadmin.test.embedded.internal.identity;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.AdminRequest;
import io.github.kratosadmin.test.embedded.internal.http.MalformedBodyException;

/**
 * The differences between eras in the bodies of requests for identities.
 */
final class IdentityBodyRules {

	private static final Pattern HASH_FORMATS_OF_0_10 = Pattern
		.compile("\\$2[abzy]?\\$|\\$argon2id?\\$|\\$pbkdf2-sha[0-9]{1,3}\\$");

	private static final Pattern HASH_FORMATS_OF_1_0 = Pattern
		.compile(HASH_FORMATS_OF_0_10 + "|\\$(md5|sha256|sha512)-crypt\\$|\\$scrypt\\$|\\{SSHA(256|512)?}"
				+ "|\\$sha(1|256|512)\\$|\\$firescrypt\\$|\\$md5\\$");

	private static final Pattern HASH_FORMATS_OF_1_3 = Pattern
		.compile(HASH_FORMATS_OF_1_0 + "|\\$hmac-(md4|md5|sha1|sha224|sha256|sha384|sha512)\\$");

	private IdentityBodyRules() {
	}

	/**
	 * The name of Go's struct for a body.
	 * @param operation {@code Create} or {@code Update}
	 */
	static String nameOfBody(KratosEra era, String operation) {
		if (era.isAtLeast(KratosEra.V1_0)) {
			return operation + "IdentityBody";
		}
		return era.isAtLeast(KratosEra.V0_7) ? "Admin" + operation + "IdentityBody" : operation + "Identity";
	}

	/**
	 * The body of a request. After 1.0 it is limited to 5 MiB.
	 * @throws MalformedBodyException if it is larger
	 */
	static byte[] limitBody(KratosEra era, AdminRequest request) throws MalformedBodyException {
		if (era.isAtLeast(KratosEra.V1_3) && request.body().length > 5 * 1024 * 1024) {
			throw new MalformedBodyException("http: request body too large");
		}
		return request.body();
	}

	static Set<String> fieldsOfCreate(KratosEra era) {
		if (era.isAtLeast(KratosEra.NEXT)) {
			return Set.of("schema_id", "traits", "state", "credentials", "verifiable_addresses", "recovery_addresses",
					"metadata_public", "metadata_admin", "external_id", "organization_id", "region");
		}
		if (era.isAtLeast(KratosEra.V26)) {
			return Set.of("schema_id", "traits", "state", "credentials", "verifiable_addresses", "recovery_addresses",
					"metadata_public", "metadata_admin", "external_id", "organization_id");
		}
		if (era.isAtLeast(KratosEra.V0_10)) {
			return Set.of("schema_id", "traits", "state", "credentials", "verifiable_addresses", "recovery_addresses",
					"metadata_public", "metadata_admin");
		}
		return Set.of("schema_id", "traits");
	}

	static Set<String> fieldsOfUpdate(KratosEra era) {
		if (era.isAtLeast(KratosEra.NEXT)) {
			return Set.of("schema_id", "traits", "state", "credentials", "metadata_public", "metadata_admin",
					"external_id", "region");
		}
		if (era.isAtLeast(KratosEra.V26)) {
			return Set.of("schema_id", "traits", "state", "credentials", "metadata_public", "metadata_admin",
					"external_id");
		}
		if (era.isAtLeast(KratosEra.V1_0)) {
			return Set.of("schema_id", "traits", "state", "credentials", "metadata_public", "metadata_admin");
		}
		if (era.isAtLeast(KratosEra.V0_10)) {
			return Set.of("schema_id", "traits", "state", "metadata_public", "metadata_admin");
		}
		return era.isAtLeast(KratosEra.V0_7) ? Set.of("schema_id", "traits", "state") : Set.of("schema_id", "traits");
	}

	static boolean ignoresUnknownFieldsOfUpdate(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

	static int codeOfMalformedCreate(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3) ? 400 : 500;
	}

	static Set<String> credentialsToImport(KratosEra era) {
		if (importsFactors(era)) {
			return Set.of("password", "oidc", "saml", "totp", "lookup_secret", "webauthn", "passkey");
		}
		return era.isAtLeast(KratosEra.V26) ? Set.of("password", "oidc", "saml") : Set.of("password", "oidc");
	}

	/**
	 * Whether one-time passwords, lookup secrets, security keys and passkeys can be
	 * imported.
	 */
	static boolean importsFactors(KratosEra era) {
		return era.isAtLeast(KratosEra.NEXT);
	}

	/**
	 * Whether the hashes of passwords are read, and their parameters are limited.
	 */
	static boolean limitsHashes(KratosEra era) {
		return era.isAtLeast(KratosEra.NEXT);
	}

	static Set<String> fieldsOfPassword(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3) ? Set.of("hashed_password", "password", "use_password_migration_hook")
				: Set.of("hashed_password", "password");
	}

	/**
	 * The prefixes of the hashes of passwords that can be imported.
	 */
	static Pattern hashFormats(KratosEra era) {
		if (era.isAtLeast(KratosEra.V1_3)) {
			return HASH_FORMATS_OF_1_3;
		}
		return era.isAtLeast(KratosEra.V1_0) ? HASH_FORMATS_OF_1_0 : HASH_FORMATS_OF_0_10;
	}

	static Set<String> fieldsOfLinks(KratosEra era) {
		return era.isAtLeast(KratosEra.V26) ? Set.of("providers") : Set.of("config", "providers");
	}

	/**
	 * The name of Go's struct for a provider.
	 */
	static String nameOfProvider(KratosEra era, String type) {
		return "AdminCreateIdentityImportCredentials"
				+ (era.isAtLeast(KratosEra.V26) ? type.toUpperCase(Locale.ROOT) : "Oidc") + "Provider";
	}

	static Set<String> fieldsOfProvider(KratosEra era, String type) {
		if (!era.isAtLeast(KratosEra.V26)) {
			return Set.of("subject", "provider");
		}
		return type.equals(Credential.SAML) ? Set.of("subject", "provider", "organization")
				: Set.of("subject", "provider", "organization", "use_auto_link");
	}

}
