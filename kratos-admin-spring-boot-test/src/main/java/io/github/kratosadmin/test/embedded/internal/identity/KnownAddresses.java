package io.github.kratosadmin.test.embedded.internal.identity;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.schema.ExtensionValues.Address;
import io.github.kratosadmin.test.embedded.internal.text.GoText;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The data of a request about addresses. An identity has only those that are in its
 * traits.
 *
 * @param verifiable an array of verifiable addresses
 * @param recovery an array of recovery addresses
 * @param status the status of other new verifiable addresses
 * @param complete whether all other addresses count as new, even if the identity had them
 * before
 */
record KnownAddresses(JsonNode verifiable, JsonNode recovery, String status, boolean complete) {

	static final KnownAddresses NONE = new KnownAddresses(Json.array(), Json.array(), "pending", false);

	/**
	 * The data about a verifiable address of the traits, or null.
	 */
	@Nullable JsonNode verifiable(Address trait, KratosEra era) {
		return find(this.verifiable, trait.via(),
				IdentityRules.keepsSpellingOfVerifiableAddresses(era) ? trait.value() : sought(trait, era), era);
	}

	/**
	 * The data about a recovery address of the traits, or null.
	 */
	@Nullable JsonNode recovery(Address trait, KratosEra era) {
		return find(this.recovery, trait.via(), sought(trait, era), era);
	}

	private static String sought(Address trait, KratosEra era) {
		return IdentityRules.looksForAddressesInLowerCase(era) ? GoText.normalize(trait.value()) : trait.value();
	}

	private static @Nullable JsonNode find(JsonNode addresses, String via, String wanted, KratosEra era) {
		for (JsonNode address : addresses) {
			String value = address.path("value").asString("");
			if (address.path("via").asString("").equals(via)
					&& (IdentityRules.lowersKnownAddresses(era) ? GoText.lower(value) : value).equals(wanted)) {
				return address;
			}
		}
		return null;
	}

}
