package io.github.kratosadmin.identity;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Identities to create with one call.
 *
 * @param identities what to create, 1000 at most, and 200 at most where a password is
 * clear; all of it no longer than 5 MB as JSON
 */
public record BatchPatchIdentities(@JsonProperty("identities") List<IdentityPatch> identities) {

	/**
	 * Copies what to create.
	 */
	public BatchPatchIdentities {
		identities = List.copyOf(identities);
	}

	/**
	 * One identity to create.
	 *
	 * @param create what to create
	 * @param patchId a UUID that the answer for this identity has again, or {@code null}
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record IdentityPatch(@JsonProperty("create") CreateIdentity create,
			@JsonProperty("patch_id") @Nullable String patchId) {

	}

}
