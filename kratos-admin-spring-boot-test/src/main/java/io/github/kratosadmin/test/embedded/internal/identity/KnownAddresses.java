package io.github.kratosadmin.test.embedded.internal.identity;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.schema.ExtensionValues.Address;
import io.github.kratosadmin.test.embedded.internal.text.GoText;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a request tells about addresses, which an identity has only if they are in its
 * traits.
 *
 * @param verifiable an array of verifiable addresses
 * @param recovery an array of recovery addresses
 * @param status the status of all other verifiable addresses that are new
 * @param complete whether all others are new, even if the identity had them before
 */
record KnownAddresses(JsonNode verifiable, JsonNode recovery, String status, boolean complete) {

	static final KnownAddresses NONE = new KnownAddresses(Json.array(), Json.array(), "pending", false);

	/**
	 * What is known about the verifiable address in a trait.
	 */
	@Nullable JsonNode verifiable(Address trait, KratosEra era) {
		return find(this.verifiable, trait.via(),
				IdentityRules.takesVerifiableAddressesAsFound(era) ? trait.value() : sought(trait, era), era);
	}

	/**
	 * What is known about the recovery address in a trait.
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
