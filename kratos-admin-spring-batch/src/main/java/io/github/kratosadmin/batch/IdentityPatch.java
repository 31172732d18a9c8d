package io.github.kratosadmin.batch;

import io.github.kratosadmin.identity.JsonPatch;

import org.springframework.util.Assert;

/**
 * Changes to an identity, an item of a {@link KratosIdentityPatchItemWriter}.
 *
 * @param identityId the id of the identity, a UUID. Any other id is an item that fails
 * @param patch the changes
 */
public record IdentityPatch(String identityId, JsonPatch patch) {

	/**
	 * Creates an item.
	 * @throws IllegalArgumentException if there are no changes
	 */
	public IdentityPatch {
		Assert.notNull(patch, "The patch is missing");
	}

	/**
	 * Does not show the changes, nor an id that may be an address.
	 */
	@Override
	public String toString() {
		return "IdentityPatch[identityId=" + IdentityIds.shown(this.identityId) + "]";
	}

}
