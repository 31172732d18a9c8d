package io.github.kratosadmin.test.embedded;

import java.util.Set;

/**
 * The types of credentials that a request can ask to be shown.
 */
final class CredentialTypes {

	private static final Set<String> TYPES = Set.of("password", "oidc", "saml", "totp", "lookup_secret", "webauthn",
			"code", "passkey", "profile");

	private CredentialTypes() {
	}

	/**
	 * Whether a request asks for passwords.
	 * @throws KratosError if it asks for a type that there is not
	 */
	static boolean includesPassword(Query query) {
		for (String type : query.all("include_credential")) {
			if (!TYPES.contains(type)) {
				// Kratos names the types it has read so far.
				throw KratosError.badRequest("Invalid value `[]` for parameter `include_credential`.");
			}
		}
		return query.all("include_credential").contains("password");
	}

}
