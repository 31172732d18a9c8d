package io.github.kratosadmin.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.kratosadmin.internal.json.KratosJson;

/**
 * A way in which an identity signs in. A newer Kratos may have types that are not among
 * the constants.
 *
 * @param value the type as Kratos spells it
 */
public record CredentialsType(@JsonValue String value) {

	/**
	 * A password.
	 */
	public static final CredentialsType PASSWORD = new CredentialsType("password");

	/**
	 * Accounts with OpenID Connect and OAuth 2 providers.
	 */
	public static final CredentialsType OIDC = new CredentialsType("oidc");

	/**
	 * Accounts with SAML providers. Since Kratos 25.4.
	 */
	public static final CredentialsType SAML = new CredentialsType("saml");

	/**
	 * An authenticator app.
	 */
	public static final CredentialsType TOTP = new CredentialsType("totp");

	/**
	 * Recovery codes kept by the user.
	 */
	public static final CredentialsType LOOKUP_SECRET = new CredentialsType("lookup_secret");

	/**
	 * Security keys.
	 */
	public static final CredentialsType WEBAUTHN = new CredentialsType("webauthn");

	/**
	 * Codes sent by e-mail or SMS. Since Kratos 1.1.
	 */
	public static final CredentialsType CODE = new CredentialsType("code");

	/**
	 * Passkeys. Since Kratos 1.2.
	 */
	public static final CredentialsType PASSKEY = new CredentialsType("passkey");

	/**
	 * A type by its name.
	 * @param value the type as Kratos spells it
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public CredentialsType {
		value = KratosJson.required(value, "the type of credentials");
	}

	@Override
	public String toString() {
		return this.value;
	}

}
