package io.github.kratosadmin.test.embedded.internal.schema;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.github.kratosadmin.test.embedded.KratosEra;

/**
 * The differences between eras in schemas and the check of traits.
 */
final class SchemaRules {

	private SchemaRules() {
	}

	/**
	 * Whether a server checks schemas when it starts, and refuses one without traits.
	 * Each schema must also be valid in draft 7, even if {@code $schema} names another.
	 */
	static boolean checksSchemasAtStart(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

	/**
	 * Whether a server refuses unknown settings in the extension of a schema.
	 */
	static boolean checksSchemaExtensions(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_7);
	}

	/**
	 * The settings of the extension of a schema: the allowed JSON values, by JSON
	 * pointer.
	 */
	static Map<String, Set<String>> schemaExtension(KratosEra era) {
		Set<String> flag = Set.of("true", "false");
		Set<String> email = Set.of("\"email\"");
		Set<String> emailOrSms = Set.of("\"email\"", "\"sms\"");
		Map<String, Set<String>> values = new HashMap<>();
		values.put("/credentials/password/identifier", flag);
		values.put("/verification/via", email);
		values.put("/recovery/via", email);
		if (era.isAtLeast(KratosEra.V0_10)) {
			values.put("/credentials/webauthn/identifier", flag);
			values.put("/credentials/totp/account_name", flag);
			values.put("/verification/via", Set.of("\"email\"", "\"phone\""));
		}
		if (era.isAtLeast(KratosEra.V1_3)) {
			values.put("/credentials/passkey/display_name", flag);
			values.put("/credentials/code/identifier", flag);
			values.put("/credentials/code/via", emailOrSms);
			values.put("/verification/via", emailOrSms);
		}
		if (era.isAtLeast(KratosEra.V26)) {
			values.put("/recovery/via", emailOrSms);
			values.put("/organizations/matcher", Set.of("\"email_domain\""));
		}
		return values;
	}

	/**
	 * The types of credentials whose identifiers can be traits.
	 */
	static Set<String> credentialsWithIdentifiers(KratosEra era) {
		if (era.isAtLeast(KratosEra.V1_3)) {
			return Set.of("password", "webauthn", "code");
		}
		return era.isAtLeast(KratosEra.V0_10) ? Set.of("password", "webauthn") : Set.of("password");
	}

	/**
	 * Whether a verifiable address is validated by the format of its trait, and not by
	 * {@code via}.
	 */
	static boolean verifiesByFormat(KratosEra era) {
		return era.isAtLeast(KratosEra.V1_3);
	}

	static boolean verifiesPhones(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

	static boolean recoversByPhone(KratosEra era) {
		return era.isAtLeast(KratosEra.V26);
	}

	static boolean listsSchemas(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

	static boolean writesNullForNoSchemas(KratosEra era) {
		return !era.isAtLeast(KratosEra.V26);
	}

	static boolean findsSchemasByEncodedIds(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

	static boolean decodesIdsOfUnknownSchemas(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10) && !era.isAtLeast(KratosEra.V26);
	}

	static boolean reformatsSchemas(KratosEra era) {
		return era.isAtLeast(KratosEra.V26);
	}

}
