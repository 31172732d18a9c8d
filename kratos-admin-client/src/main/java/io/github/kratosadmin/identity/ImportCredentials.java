package io.github.kratosadmin.identity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.version.SinceKratos;
import org.jspecify.annotations.Nullable;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * Credentials of an identity to create or update. They contain secrets, which
 * {@link #toString()} does not show. Since Kratos 0.9.
 *
 * @param password a password, clear or hashed, or {@code null} for none
 * @param oidc the accounts with OpenID Connect and OAuth 2 providers, or {@code null} for
 * none
 * @param saml the accounts with SAML providers, or {@code null} for none
 * @param totp the authenticator app, or {@code null} for none
 * @param lookupSecret the recovery codes that the user keeps, or {@code null} for none
 * @param webauthn the security keys, or {@code null} for none
 * @param passkey the passkeys, or {@code null} for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImportCredentials(@JsonProperty("password") @Nullable Password password,
		@JsonProperty("oidc") @Nullable Oidc oidc, @SinceKratos("25.4") @JsonProperty("saml") @Nullable Saml saml,
		@SinceKratos("after 26.2") @JsonProperty("totp") @Nullable Totp totp,
		@SinceKratos("after 26.2") @JsonProperty("lookup_secret") @Nullable LookupSecret lookupSecret,
		@SinceKratos("after 26.2") @JsonProperty("webauthn") @Nullable WebAuthn webauthn,
		@SinceKratos("after 26.2") @JsonProperty("passkey") @Nullable WebAuthn passkey) {

	/**
	 * Returns a builder without credentials.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Does not show secrets.
	 */
	@Override
	public String toString() {
		return "ImportCredentials[password=" + (this.password != null) + ", oidc=" + (this.oidc != null) + ", saml="
				+ (this.saml != null) + ", totp=" + (this.totp != null) + ", lookupSecret="
				+ (this.lookupSecret != null) + ", webauthn=" + (this.webauthn != null) + ", passkey="
				+ (this.passkey != null) + "]";
	}

	/**
	 * A password.
	 *
	 * @param config the password, clear or hashed
	 */
	public record Password(@JsonProperty("config") PasswordConfig config) {

	}

	/**
	 * A password, clear or hashed.
	 *
	 * @param password the clear password, which Kratos hashes but does not check, or
	 * {@code null}
	 * @param hashedPassword the hash of the password, or {@code null}
	 * @param usePasswordMigrationHook whether Kratos calls the password migration web
	 * hook at the first sign-in, or {@code null} to send nothing
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record PasswordConfig(@JsonProperty(value = "password", access = WRITE_ONLY) @Nullable String password,
			@JsonProperty(value = "hashed_password", access = WRITE_ONLY) @Nullable String hashedPassword,
			@SinceKratos("1.3") @JsonProperty("use_password_migration_hook") @Nullable Boolean usePasswordMigrationHook) {

		/**
		 * Does not show secrets.
		 */
		@Override
		public String toString() {
			return "PasswordConfig[usePasswordMigrationHook=" + this.usePasswordMigrationHook + "]";
		}

	}

	/**
	 * Accounts with OpenID Connect and OAuth 2 providers.
	 *
	 * @param config the accounts
	 */
	public record Oidc(@JsonProperty("config") OidcConfig config) {

	}

	/**
	 * The configuration of accounts with OpenID Connect and OAuth 2 providers.
	 *
	 * @param providers the accounts
	 */
	public record OidcConfig(@JsonProperty("providers") List<OidcProvider> providers) {

		/**
		 * Creates a configuration with a copy of the accounts.
		 */
		public OidcConfig {
			providers = List.copyOf(providers);
		}

	}

	/**
	 * An account with an OpenID Connect or OAuth 2 provider.
	 *
	 * @param provider the id of the provider in the configuration of Kratos
	 * @param subject the id of the account with the provider
	 * @param useAutoLink whether Kratos may link another subject with the same address,
	 * or {@code null} to send nothing
	 * @param organization the id of the organization, or {@code null} for none
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record OidcProvider(@JsonProperty("provider") String provider, @JsonProperty("subject") String subject,
			@SinceKratos("25.4") @JsonProperty("use_auto_link") @Nullable Boolean useAutoLink,
			@SinceKratos("25.4") @JsonProperty("organization") @Nullable String organization) {

		/**
		 * Creates an account.
		 * @throws IllegalArgumentException if the provider or the subject is missing
		 */
		public OidcProvider {
			provider = KratosJson.required(provider, "provider");
			subject = KratosJson.required(subject, "subject");
		}

		/**
		 * Does not show personal data.
		 */
		@Override
		public String toString() {
			return "OidcProvider[provider=" + this.provider + "]";
		}

	}

	/**
	 * Accounts with SAML providers.
	 *
	 * @param config the accounts
	 */
	public record Saml(@JsonProperty("config") SamlConfig config) {

	}

	/**
	 * The configuration of accounts with SAML providers.
	 *
	 * @param providers the accounts
	 */
	public record SamlConfig(@JsonProperty("providers") List<SamlProvider> providers) {

		/**
		 * Creates a configuration with a copy of the accounts.
		 */
		public SamlConfig {
			providers = List.copyOf(providers);
		}

	}

	/**
	 * An account with a SAML provider.
	 *
	 * @param provider the id of the provider in the configuration of Kratos
	 * @param subject the id of the account with the provider
	 * @param organization the id of the organization, or {@code null} for none
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record SamlProvider(@JsonProperty("provider") String provider, @JsonProperty("subject") String subject,
			@JsonProperty("organization") @Nullable String organization) {

		/**
		 * Creates an account.
		 * @throws IllegalArgumentException if the provider or the subject is missing
		 */
		public SamlProvider {
			provider = KratosJson.required(provider, "provider");
			subject = KratosJson.required(subject, "subject");
		}

		/**
		 * Does not show personal data.
		 */
		@Override
		public String toString() {
			return "SamlProvider[provider=" + this.provider + "]";
		}

	}

	/**
	 * An authenticator app.
	 *
	 * @param config the secret
	 */
	public record Totp(@JsonProperty("config") TotpConfig config) {

	}

	/**
	 * The secret of an authenticator app.
	 *
	 * @param totpUrl the URL with the secret, such as
	 * {@code otpauth://totp/Shop:alice?secret=…&issuer=Shop}
	 */
	public record TotpConfig(@JsonProperty(value = "totp_url", access = WRITE_ONLY) @Nullable String totpUrl) {

		/**
		 * Does not show secrets.
		 */
		@Override
		public String toString() {
			return "TotpConfig[]";
		}

	}

	/**
	 * Recovery codes that the user keeps.
	 *
	 * @param config the codes
	 */
	public record LookupSecret(@JsonProperty("config") LookupSecretConfig config) {

	}

	/**
	 * The configuration of recovery codes that the user keeps.
	 *
	 * @param codes the codes
	 */
	public record LookupSecretConfig(@JsonProperty("codes") List<LookupSecretCode> codes) {

		/**
		 * Creates a configuration with a copy of the codes.
		 */
		public LookupSecretConfig {
			codes = List.copyOf(codes);
		}

	}

	/**
	 * A recovery code that the user keeps.
	 *
	 * @param code the code
	 * @param usedAt the time when the user has used it, or {@code null} if it can be used
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record LookupSecretCode(@JsonProperty(value = "code", access = WRITE_ONLY) @Nullable String code,
			@JsonProperty("used_at") @Nullable Instant usedAt) {

		/**
		 * Does not show secrets.
		 */
		@Override
		public String toString() {
			return "LookupSecretCode[usedAt=" + this.usedAt + "]";
		}

	}

	/**
	 * Security keys or passkeys.
	 *
	 * @param config the keys
	 */
	public record WebAuthn(@JsonProperty("config") WebAuthnConfig config) {

	}

	/**
	 * The configuration of security keys or passkeys.
	 *
	 * @param credentials the keys
	 * @param userHandle the user handle in Base64, or {@code null} to keep that of the
	 * identity
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record WebAuthnConfig(@JsonProperty("credentials") List<WebAuthnCredential> credentials,
			@JsonProperty(value = "user_handle", access = WRITE_ONLY) @Nullable String userHandle) {

		/**
		 * Creates a configuration with a copy of the keys.
		 */
		public WebAuthnConfig {
			credentials = List.copyOf(credentials);
		}

		/**
		 * Does not show the user handle, with which a user signs in.
		 */
		@Override
		public String toString() {
			return "WebAuthnConfig[credentials=" + this.credentials + "]";
		}

	}

	/**
	 * Builds {@link ImportCredentials}.
	 */
	public static final class Builder {

		private @Nullable String password;

		private @Nullable String hashedPassword;

		private @Nullable Boolean usePasswordMigrationHook;

		private final List<OidcProvider> oidc = new ArrayList<>();

		private final List<SamlProvider> saml = new ArrayList<>();

		private @Nullable String totpUrl;

		private final List<LookupSecretCode> lookupSecret = new ArrayList<>();

		private final List<WebAuthnCredential> webauthn = new ArrayList<>();

		private byte @Nullable [] webauthnUserHandle;

		private final List<WebAuthnCredential> passkey = new ArrayList<>();

		private byte @Nullable [] passkeyUserHandle;

		private Builder() {
		}

		/**
		 * Sets a clear password. Kratos hashes it, which takes a noticeable time. It does
		 * not check the password against its password policy.
		 * @param password the password
		 * @return this builder
		 */
		public Builder password(String password) {
			this.password = password;
			return this;
		}

		/**
		 * Sets the hash of a password, in one of the formats that <a href=
		 * "https://www.ory.sh/docs/kratos/manage-identities/import-user-accounts-identities#hashed-passwords">Kratos
		 * imports</a>. Kratos rejects other formats with 400.
		 * @param hashedPassword the hash, such as {@code $2a$10$…} (bcrypt) or
		 * {@code $argon2id$…}
		 * @return this builder
		 */
		public Builder hashedPassword(String hashedPassword) {
			this.hashedPassword = hashedPassword;
			return this;
		}

		/**
		 * Sets whether Kratos calls the password migration web hook at the first sign-in.
		 * @param usePasswordMigrationHook {@code true} to call the web hook
		 * @return this builder
		 */
		@SinceKratos("1.3")
		public Builder usePasswordMigrationHook(boolean usePasswordMigrationHook) {
			this.usePasswordMigrationHook = usePasswordMigrationHook;
			return this;
		}

		/**
		 * Adds an account with an OpenID Connect or OAuth 2 provider.
		 * @param provider the id of the provider in the configuration of Kratos
		 * @param subject the id of the account with the provider
		 * @return this builder
		 */
		public Builder oidc(String provider, String subject) {
			return oidc(new OidcProvider(provider, subject, null, null));
		}

		/**
		 * Adds an account with an OpenID Connect or OAuth 2 provider.
		 * @param account the account
		 * @return this builder
		 */
		public Builder oidc(OidcProvider account) {
			this.oidc.add(account);
			return this;
		}

		/**
		 * Adds an account with a SAML provider.
		 * @param account the account
		 * @return this builder
		 */
		@SinceKratos("25.4")
		public Builder saml(SamlProvider account) {
			this.saml.add(account);
			return this;
		}

		/**
		 * Sets the secret of an authenticator app.
		 * @param totpUrl the URL in the QR code of the app, such as
		 * {@code otpauth://totp/Shop:alice?secret=…&issuer=Shop}
		 * @return this builder
		 */
		@SinceKratos("after 26.2")
		public Builder totp(String totpUrl) {
			this.totpUrl = totpUrl;
			return this;
		}

		/**
		 * Adds a recovery code that the user keeps and has not used.
		 * @param code the code
		 * @return this builder
		 */
		@SinceKratos("after 26.2")
		public Builder lookupSecret(String code) {
			return lookupSecret(code, null);
		}

		/**
		 * Adds a recovery code that the user keeps.
		 * @param code the code
		 * @param usedAt the time when the user has used it, or {@code null} if it can be
		 * used
		 * @return this builder
		 */
		@SinceKratos("after 26.2")
		public Builder lookupSecret(String code, @Nullable Instant usedAt) {
			this.lookupSecret.add(new LookupSecretCode(KratosJson.required(code, "code"), usedAt));
			return this;
		}

		/**
		 * Adds a security key.
		 * @param credential the key
		 * @return this builder
		 */
		@SinceKratos("after 26.2")
		public Builder webauthn(WebAuthnCredential credential) {
			this.webauthn.add(credential);
			return this;
		}

		/**
		 * Sets the user handle of the security keys.
		 * @param userHandle the user handle that the keys were registered with
		 * @return this builder
		 */
		@SinceKratos("after 26.2")
		public Builder webauthnUserHandle(byte[] userHandle) {
			this.webauthnUserHandle = userHandle.clone();
			return this;
		}

		/**
		 * Adds a passkey. Kratos rejects passkeys of a new identity without a
		 * {@linkplain #passkeyUserHandle user handle}.
		 * @param credential the passkey
		 * @return this builder
		 */
		@SinceKratos("after 26.2")
		public Builder passkey(WebAuthnCredential credential) {
			this.passkey.add(credential);
			return this;
		}

		/**
		 * Sets the user handle of the passkeys, by which Kratos finds the identity when
		 * the user signs in.
		 * @param userHandle the user handle that the passkeys were registered with
		 * @return this builder
		 */
		@SinceKratos("after 26.2")
		public Builder passkeyUserHandle(byte[] userHandle) {
			this.passkeyUserHandle = userHandle.clone();
			return this;
		}

		/**
		 * Builds the credentials.
		 * @return the credentials
		 * @throws IllegalArgumentException if there are no credentials, both a clear and
		 * a hashed password are set, or there is a user handle without keys
		 */
		public ImportCredentials build() {
			if (this.password != null && this.hashedPassword != null) {
				throw new IllegalArgumentException("Set either the clear password or the hashed one, not both");
			}
			boolean hasPassword = this.password != null || this.hashedPassword != null
					|| this.usePasswordMigrationHook != null;
			checkUserHandle("webauthn", this.webauthn, this.webauthnUserHandle);
			checkUserHandle("passkey", this.passkey, this.passkeyUserHandle);
			if (!hasPassword && this.totpUrl == null
					&& Stream.of(this.oidc, this.saml, this.lookupSecret, this.webauthn, this.passkey)
						.allMatch(List::isEmpty)) {
				throw new IllegalArgumentException(
						"There are no credentials: set a password, or add an account, a code or a key");
			}
			return new ImportCredentials(
					hasPassword ? new Password(
							new PasswordConfig(this.password, this.hashedPassword, this.usePasswordMigrationHook))
							: null,
					this.oidc.isEmpty() ? null : new Oidc(new OidcConfig(this.oidc)),
					this.saml.isEmpty() ? null : new Saml(new SamlConfig(this.saml)),
					(this.totpUrl != null) ? new Totp(new TotpConfig(this.totpUrl)) : null,
					this.lookupSecret.isEmpty() ? null : new LookupSecret(new LookupSecretConfig(this.lookupSecret)),
					webAuthn(this.webauthn, this.webauthnUserHandle), webAuthn(this.passkey, this.passkeyUserHandle));
		}

		private static void checkUserHandle(String type, List<WebAuthnCredential> credentials,
				byte @Nullable [] userHandle) {
			if (userHandle != null && credentials.isEmpty()) {
				throw new IllegalArgumentException("There is a user handle, but no " + type + ": add one");
			}
		}

		private static @Nullable WebAuthn webAuthn(List<WebAuthnCredential> credentials, byte @Nullable [] userHandle) {
			return credentials.isEmpty() ? null : new WebAuthn(new WebAuthnConfig(credentials,
					(userHandle != null) ? Base64.getEncoder().encodeToString(userHandle) : null));
		}

	}

}
