package io.github.kratosadmin.identity;

import java.util.List;
import java.util.Map;

import io.github.kratosadmin.identity.ImportCredentials.LookupSecret;
import io.github.kratosadmin.identity.ImportCredentials.LookupSecretCode;
import io.github.kratosadmin.identity.ImportCredentials.LookupSecretConfig;
import io.github.kratosadmin.identity.ImportCredentials.Oidc;
import io.github.kratosadmin.identity.ImportCredentials.OidcConfig;
import io.github.kratosadmin.identity.ImportCredentials.OidcProvider;
import io.github.kratosadmin.identity.ImportCredentials.Password;
import io.github.kratosadmin.identity.ImportCredentials.PasswordConfig;
import io.github.kratosadmin.identity.ImportCredentials.Saml;
import io.github.kratosadmin.identity.ImportCredentials.SamlConfig;
import io.github.kratosadmin.identity.ImportCredentials.SamlProvider;
import io.github.kratosadmin.identity.ImportCredentials.Totp;
import io.github.kratosadmin.identity.ImportCredentials.TotpConfig;
import io.github.kratosadmin.identity.ImportCredentials.WebAuthn;
import io.github.kratosadmin.identity.ImportCredentials.WebAuthnConfig;
import io.github.kratosadmin.internal.json.JsonErrors;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Turns the credentials of an identity, as Kratos stores them, into those of an identity
 * to create.
 */
final class StoredCredentials {

	private final Map<String, IdentityCredentials> credentials;

	StoredCredentials(Identity identity) {
		this.credentials = identity.credentials();
	}

	/**
	 * Returns the credentials whose secrets were read.
	 * @return the credentials, or {@code null} if there are none
	 * @throws IllegalArgumentException if they cannot be read; the message has none of
	 * their values
	 */
	static @Nullable ImportCredentials read(Identity identity) {
		StoredCredentials stored = new StoredCredentials(identity);
		ImportCredentials read = new ImportCredentials(stored.password(), stored.oidc(), stored.saml(), stored.totp(),
				stored.lookupSecret(), stored.webAuthn(CredentialsType.WEBAUTHN),
				stored.webAuthn(CredentialsType.PASSKEY));
		boolean none = read.equals(new ImportCredentials(null, null, null, null, null, null, null));
		return none ? null : read;
	}

	@Nullable Password password() {
		JsonNode config = config(CredentialsType.PASSWORD);
		String hash = text(config, "hashed_password");
		boolean hook = config.path("use_password_migration_hook").asBoolean(false);
		if (hash == null && !hook) {
			return null;
		}
		// Kratos calls the web hook only if there is no hash.
		return new Password(new PasswordConfig(null, hash, (hash == null) ? true : null));
	}

	private @Nullable Oidc oidc() {
		List<OidcProvider> accounts = config(CredentialsType.OIDC).path("providers")
			.valueStream()
			.map((account) -> new OidcProvider(required(account, "provider"), required(account, "subject"),
					account.path("use_auto_link").asBoolean(false) ? true : null, text(account, "organization")))
			.toList();
		return accounts.isEmpty() ? null : new Oidc(new OidcConfig(accounts));
	}

	private @Nullable Saml saml() {
		List<SamlProvider> accounts = config(CredentialsType.SAML).path("providers")
			.valueStream()
			.map((account) -> new SamlProvider(required(account, "provider"), required(account, "subject"),
					text(account, "organization")))
			.toList();
		return accounts.isEmpty() ? null : new Saml(new SamlConfig(accounts));
	}

	@Nullable Totp totp() {
		String url = text(config(CredentialsType.TOTP), "totp_url");
		return (url != null) ? new Totp(new TotpConfig(url)) : null;
	}

	@Nullable LookupSecret lookupSecret() {
		List<LookupSecretCode> codes = config(CredentialsType.LOOKUP_SECRET).path("recovery_codes")
			.valueStream()
			.map((code) -> read(code, LookupSecretCode.class, CredentialsType.LOOKUP_SECRET))
			.toList();
		return codes.isEmpty() ? null : new LookupSecret(new LookupSecretConfig(codes));
	}

	@Nullable WebAuthn webAuthn(CredentialsType type) {
		JsonNode config = config(type);
		List<WebAuthnCredential> keys = config.path("credentials")
			.valueStream()
			.map((key) -> read(key, WebAuthnCredential.class, type))
			.toList();
		return keys.isEmpty() ? null : new WebAuthn(new WebAuthnConfig(keys, text(config, "user_handle")));
	}

	private JsonNode config(CredentialsType type) {
		IdentityCredentials stored = this.credentials.get(type.value());
		return (stored != null && stored.config() != null) ? stored.config() : MissingNode.getInstance();
	}

	private static <T> T read(JsonNode json, Class<T> type, CredentialsType credentials) {
		try {
			return KratosJson.mapper().treeToValue(json, type);
		}
		catch (JacksonException ex) {
			// Without the cause, whose message may show a secret.
			throw new IllegalArgumentException(
					"The credentials of the type " + credentials + " cannot be read: " + JsonErrors.describe(ex));
		}
	}

	private static String required(JsonNode json, String field) {
		return KratosJson.required(text(json, field), field);
	}

	private static @Nullable String text(JsonNode json, String field) {
		String text = json.path(field).asString("");
		return text.isEmpty() ? null : text;
	}

}
