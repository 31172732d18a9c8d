package io.github.kratosadmin.test.embedded.internal.identity;

import io.github.kratosadmin.test.embedded.internal.text.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a new or updated identity is to be.
 *
 * @param schemaId the id of its schema, empty for the default one or the one it has
 * @param traits its traits, if there are any
 * @param state its state, empty for the default one or the one it has
 * @param details what others than Kratos know about it
 * @param verifiableAddresses an array with what is known about addresses it may have
 * @param recoveryAddresses an array with what is known about addresses it may have
 * @param credentials what it is to sign in with
 */
public record IdentityInput(String schemaId, @Nullable JsonNode traits, String state, StoredIdentity.Details details,
		JsonNode verifiableAddresses, JsonNode recoveryAddresses, CredentialsInput credentials) {

	/**
	 * What a person enters who registers.
	 */
	public static IdentityInput ofTraits(JsonNode traits) {
		return new IdentityInput("", traits, "", StoredIdentity.Details.NONE, Json.array(), Json.array(),
				CredentialsInput.ofRegistration());
	}

	@Override
	public String toString() {
		return "IdentityInput[schemaId=" + this.schemaId + ", traits=" + this.traits + "]";
	}

}
