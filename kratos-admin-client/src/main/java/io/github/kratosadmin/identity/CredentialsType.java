package io.github.kratosadmin.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.kratosadmin.internal.json.KratosJson;

/**
 * A type of credentials. Newer versions of Kratos may have more than the constants.
 *
 * @param value the name of the type in Kratos
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
	 * Recovery codes that the user keeps.
	 */
	public static final CredentialsType LOOKUP_SECRET = new CredentialsType("lookup_secret");

	/**
	 * Security keys.
	 */
	public static final CredentialsType WEBAUTHN = new CredentialsType("webauthn");

	/**
	 * Codes by e-mail or SMS. Since Kratos 1.1.
	 */
	public static final CredentialsType CODE = new CredentialsType("code");

	/**
	 * Passkeys. Since Kratos 1.2.
	 */
	public static final CredentialsType PASSKEY = new CredentialsType("passkey");

	/**
	 * Keys that are bound to a device. Since a Kratos after 26.2.
	 */
	public static final CredentialsType DEVICEAUTHN = new CredentialsType("deviceauthn");

	/**
	 * The identifier that the user enters first. Since a Kratos after 26.2.
	 */
	public static final CredentialsType IDENTIFIER_FIRST = new CredentialsType("identifier_first");

	/**
	 * Creates a type by its name, with or without a constant.
	 * @param value the name of the type in Kratos
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
