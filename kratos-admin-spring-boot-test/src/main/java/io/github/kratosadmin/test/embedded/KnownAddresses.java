package io.github.kratosadmin.test.embedded;

import java.util.Locale;

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
	@Nullable JsonNode verifiable(String trait, KratosEra era) {
		return find(this.verifiable, trait, era);
	}

	/**
	 * What is known about the recovery address in a trait.
	 */
	@Nullable JsonNode recovery(String trait, KratosEra era) {
		return find(this.recovery, trait, era);
	}

	private static @Nullable JsonNode find(JsonNode addresses, String trait, KratosEra era) {
		String email = era.looksForAddressesInLowerCase() ? trait.toLowerCase(Locale.ROOT) : trait;
		for (JsonNode address : addresses) {
			String value = address.path("value").asString("");
			if (address.path("via").asString("").equals("email")
					&& (era.lowersKnownAddresses() ? value.toLowerCase(Locale.ROOT) : value).equals(email)) {
				return address;
			}
		}
		return null;
	}

}
