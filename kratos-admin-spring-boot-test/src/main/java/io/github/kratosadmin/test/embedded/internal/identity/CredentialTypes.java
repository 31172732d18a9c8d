package io.github.kratosadmin.test.embedded.internal.identity;

import java.util.List;
import java.util.Set;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.Query;

/**
 * Reads the types of credentials whose secrets a request includes.
 */
final class CredentialTypes {

	private CredentialTypes() {
	}

	/**
	 * Reads the types.
	 * @param era the era
	 * @param query the parameters of the request
	 * @param named whether the error for an unknown type names it
	 * @throws ErrorResponseException if a type is unknown
	 */
	static Set<String> included(KratosEra era, Query query, boolean named) {
		Set<String> known = credentialsToInclude(era);
		if (known.isEmpty()) {
			return Set.of();
		}
		List<String> types = query.all("include_credential");
		for (String type : types) {
			if (!known.contains(type)) {
				// If the error does not name the type, it names the types before it.
				String read = String.join(" ", types.subList(0, types.indexOf(type)));
				throw ErrorResponseException.badRequest("Invalid value `" + (named ? type : "[" + read + "]")
						+ "` for parameter `include_credential`.");
			}
		}
		return Set.copyOf(types);
	}

	/**
	 * The types of credentials that a request can include, empty in eras without any.
	 */
	private static Set<String> credentialsToInclude(KratosEra era) {
		if (era.isAtLeast(KratosEra.NEXT)) {
			return Set.of("password", "oidc", "saml", "totp", "lookup_secret", "webauthn", "code", "link_recovery",
					"code_recovery", "passkey", "deviceauthn");
		}
		if (era.isAtLeast(KratosEra.V26)) {
			return Set.of("password", "oidc", "saml", "totp", "lookup_secret", "webauthn", "code", "link_recovery",
					"code_recovery", "passkey");
		}
		if (era.isAtLeast(KratosEra.V1_3)) {
			return Set.of("password", "oidc", "totp", "lookup_secret", "webauthn", "code", "link_recovery",
					"code_recovery", "passkey");
		}
		if (era.isAtLeast(KratosEra.V1_0)) {
			return Set.of("password", "oidc", "totp", "lookup_secret", "webauthn", "link_recovery", "code_recovery");
		}
		return era.isAtLeast(KratosEra.V0_10) ? Set.of("oidc") : Set.of();
	}

}
