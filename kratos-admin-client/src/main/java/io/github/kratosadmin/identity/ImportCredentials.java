package io.github.kratosadmin.identity;

import java.util.ArrayList;
import java.util.List;

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
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImportCredentials(@JsonProperty("password") @Nullable Password password,
		@JsonProperty("oidc") @Nullable Oidc oidc, @SinceKratos("25.4") @JsonProperty("saml") @Nullable Saml saml) {

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
				+ (this.saml != null) + "]";
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
	 * Builds {@link ImportCredentials}.
	 */
	public static final class Builder {

		private @Nullable String password;

		private @Nullable String hashedPassword;

		private @Nullable Boolean usePasswordMigrationHook;

		private final List<OidcProvider> oidc = new ArrayList<>();

		private final List<SamlProvider> saml = new ArrayList<>();

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
		 * Builds the credentials.
		 * @return the credentials
		 * @throws IllegalArgumentException if there are no credentials, or both a clear
		 * and a hashed password are set
		 */
		public ImportCredentials build() {
			if (this.password != null && this.hashedPassword != null) {
				throw new IllegalArgumentException("Set either the clear password or the hashed one, not both");
			}
			boolean hasPassword = this.password != null || this.hashedPassword != null
					|| this.usePasswordMigrationHook != null;
			if (!hasPassword && this.oidc.isEmpty() && this.saml.isEmpty()) {
				throw new IllegalArgumentException("There are no credentials: set a password or add an account");
			}
			return new ImportCredentials(
					hasPassword ? new Password(
							new PasswordConfig(this.password, this.hashedPassword, this.usePasswordMigrationHook))
							: null,
					this.oidc.isEmpty() ? null : new Oidc(new OidcConfig(this.oidc)),
					this.saml.isEmpty() ? null : new Saml(new SamlConfig(this.saml)));
		}

	}

}
