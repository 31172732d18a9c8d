package io.github.kratosadmin.test.embedded;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a new or updated identity is to be.
 *
 * @param schemaId the id of its schema, empty for the default one or the one it has
 * @param traits its traits, if there are any
 * @param state its state, empty for the default one or the one it has
 * @param details what others than Kratos know about it
 * @param verifiableAddresses an array with what is known about its addresses, if there is
 * one
 * @param passwordHash the hash of its password, if there is one
 */
record IdentityInput(String schemaId, @Nullable JsonNode traits, String state, Identity.Details details,
		@Nullable JsonNode verifiableAddresses, @Nullable String passwordHash) {

	/**
	 * What a person enters who registers.
	 */
	static IdentityInput ofTraits(JsonNode traits) {
		return new IdentityInput("", traits, "", Identity.Details.NONE, null, Tokens.passwordHash());
	}

	@Override
	public String toString() {
		return "IdentityInput[schemaId=" + this.schemaId + ", traits=" + this.traits + "]";
	}

}
