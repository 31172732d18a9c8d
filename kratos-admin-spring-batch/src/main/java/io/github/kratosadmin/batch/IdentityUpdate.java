package io.github.kratosadmin.batch;

import io.github.kratosadmin.identity.UpdateIdentity;

import org.springframework.util.Assert;

/**
 * The new content of an identity, an item of a {@link KratosIdentityUpdateItemWriter}.
 *
 * @param identityId the id of the identity, a UUID. Any other id is an item that fails
 * @param update the new content
 */
public record IdentityUpdate(String identityId, UpdateIdentity update) {

	/**
	 * Creates an item.
	 * @throws IllegalArgumentException if there is no content
	 */
	public IdentityUpdate {
		Assert.notNull(update, "The update is missing");
	}

	/**
	 * Does not show the content, nor an id that may be an address.
	 */
	@Override
	public String toString() {
		return "IdentityUpdate[identityId=" + IdentityIds.shown(this.identityId) + "]";
	}

}
