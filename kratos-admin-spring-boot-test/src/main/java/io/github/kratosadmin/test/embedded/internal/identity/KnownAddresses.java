package io.github.kratosadmin.test.embedded.internal.identity;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.schema.ExtensionValues.Address;
import io.github.kratosadmin.test.embedded.internal.text.GoText;
import io.github.kratosadmin.test.embedded.internal.text.Identifiers;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The addresses in a request. An identity gets only those that are also in its traits.
 *
 * @param verifiable an array of verifiable addresses
 * @param recovery an array of recovery addresses
 * @param status the status of new verifiable addresses that are not in the request
 * @param complete whether all other addresses count as new, even if the identity had them
 * before
 */
record KnownAddresses(JsonNode verifiable, JsonNode recovery, String status, boolean complete) {

	static final KnownAddresses NONE = new KnownAddresses(Json.array(), Json.array(), "pending", false);

	/**
	 * Finds the verifiable address of a trait, null if there is none.
	 */
	@Nullable JsonNode verifiable(Address trait, KratosEra era) {
		return find(this.verifiable, trait.via(),
				IdentityRules.keepsSpellingOfVerifiableAddresses(era) && !Identifiers.normalizesCharacters(era)
						? trait.value() : sought(trait, era),
				era);
	}

	/**
	 * Finds the recovery address of a trait, null if there is none.
	 */
	@Nullable JsonNode recovery(Address trait, KratosEra era) {
		return find(this.recovery, trait.via(), sought(trait, era), era);
	}

	private static String sought(Address trait, KratosEra era) {
		return IdentityRules.looksForAddressesInLowerCase(era) ? Identifiers.normalize(trait.value(), era)
				: trait.value();
	}

	private static @Nullable JsonNode find(JsonNode addresses, String via, String wanted, KratosEra era) {
		for (JsonNode address : addresses) {
			String value = address.path("value").asString("");
			if (address.path("via").asString("").equals(via) && comparable(value, era).equals(wanted)) {
				return address;
			}
		}
		return null;
	}

	private static String comparable(String value, KratosEra era) {
		if (Identifiers.normalizesCharacters(era)) {
			return Identifiers.normalize(value, era);
		}
		return IdentityRules.lowersKnownAddresses(era) ? GoText.lower(value) : value;
	}

}
