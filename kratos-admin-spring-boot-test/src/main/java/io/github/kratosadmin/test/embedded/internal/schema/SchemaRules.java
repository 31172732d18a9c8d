package io.github.kratosadmin.test.embedded.internal.schema;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.github.kratosadmin.test.embedded.KratosEra;

/**
 * Which schemas and traits each era accepts, and how it shows schemas.
 */
final class SchemaRules {

	private SchemaRules() {
	}

	/**
	 * Whether a server does not start with a schema that has no traits, among others. It
	 * looks at each as one of draft 7 too, whatever {@code $schema} says.
	 */
	static boolean checksSchemasAtStart(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_10);
	}

	/**
	 * Whether a server refuses what it does not know in the extension of a schema.
	 */
	static boolean checksSchemaExtensions(KratosEra era) {
		return era.isAtLeast(KratosEra.V0_7);
	}

	/**
	 * What the extension of a schema can say: JSON texts, by the pointers to them.
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
	 * The types of credentials that traits can be identifiers of.
	 */
	static Set<String> credentialsWithIdentifiers(KratosEra era) {
		if (era.isAtLeast(KratosEra.V1_3)) {
			return Set.of("password", "webauthn", "code");
		}
		return era.isAtLeast(KratosEra.V0_10) ? Set.of("password", "webauthn") : Set.of("password");
	}

	/**
	 * Whether the format of a trait, and not its way, decides what an address to verify
	 * looks like.
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

	static boolean writesSchemasAnew(KratosEra era) {
		return era.isAtLeast(KratosEra.V26);
	}

}
