package io.github.kratosadmin.test.embedded.internal.identity;

import java.util.List;
import java.util.Set;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.Query;

/**
 * Reads the types of credentials that a request asks to be shown.
 */
final class CredentialTypes {

	private CredentialTypes() {
	}

	/**
	 * The types whose secrets a request asks for.
	 * @param era the era
	 * @param query the parameters of the request
	 * @param named whether a type that there is not is named
	 * @throws ErrorResponseException if it asks for a type that there is not
	 */
	static Set<String> included(KratosEra era, Query query, boolean named) {
		Set<String> known = era.credentialsToInclude();
		if (known.isEmpty()) {
			return Set.of();
		}
		List<String> types = query.all("include_credential");
		for (String type : types) {
			if (!known.contains(type)) {
				// Where it is not named, what was read before it is.
				String read = String.join(" ", types.subList(0, types.indexOf(type)));
				throw ErrorResponseException.badRequest("Invalid value `" + (named ? type : "[" + read + "]")
						+ "` for parameter `include_credential`.");
			}
		}
		return Set.copyOf(types);
	}

}
