package io.github.kratosadmin.test.embedded.internal.identity;

import io.github.kratosadmin.test.embedded.internal.text.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The data for a new or updated identity.
 *
 * @param schemaId the id of its schema, empty for the default or the existing one
 * @param traits its traits, or null
 * @param state its state, empty for the default or the existing one
 * @param details the data of other systems
 * @param verifiableAddresses its known verifiable addresses, an array
 * @param recoveryAddresses its known recovery addresses, an array
 * @param credentials its credentials
 * @param region its region in Ory Network, which the open source server returns but does
 * not store; empty if there is none
 */
public record IdentityInput(String schemaId, @Nullable JsonNode traits, String state, StoredIdentity.Details details,
		JsonNode verifiableAddresses, JsonNode recoveryAddresses, CredentialsInput credentials, String region) {

	/**
	 * The input of a registration.
	 */
	public static IdentityInput ofTraits(JsonNode traits) {
		return new IdentityInput("", traits, "", StoredIdentity.Details.NONE, Json.array(), Json.array(),
				CredentialsInput.ofRegistration(), "");
	}

	@Override
	public String toString() {
		return "IdentityInput[schemaId=" + this.schemaId + ", traits=" + this.traits + "]";
	}

}
