package io.github.kratosadmin.test.embedded;

/**
 * Reads the types of credentials that a request asks to be shown.
 */
final class CredentialTypes {

	private CredentialTypes() {
	}

	/**
	 * Whether a request asks for passwords.
	 * @param era the era
	 * @param query the parameters of the request
	 * @param named whether a type that there is not is named
	 * @throws KratosError if it asks for a type that there is not
	 */
	static boolean includesPassword(KratosEra era, Query query, boolean named) {
		if (era.credentialsToInclude().isEmpty()) {
			return false;
		}
		for (String type : query.all("include_credential")) {
			if (!era.credentialsToInclude().contains(type)) {
				// Where it is not named, what was read before it is, which is nothing.
				throw KratosError
					.badRequest("Invalid value `" + (named ? type : "[]") + "` for parameter `include_credential`.");
			}
		}
		return query.all("include_credential").contains("password");
	}

}
