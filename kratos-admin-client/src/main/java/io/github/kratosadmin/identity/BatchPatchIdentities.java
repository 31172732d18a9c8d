package io.github.kratosadmin.identity;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A request to create several identities.
 *
 * @param identities the identities to create: at most 1000, at most 200 of them with a
 * clear password, and at most 5 MB in total as JSON
 */
public record BatchPatchIdentities(@JsonProperty("identities") List<IdentityPatch> identities) {

	/**
	 * Creates a request with a copy of the identities.
	 */
	public BatchPatchIdentities {
		identities = List.copyOf(identities);
	}

	/**
	 * One identity to create.
	 *
	 * @param create the identity
	 * @param patchId a UUID that Kratos returns with the result for this identity, or
	 * {@code null} for none
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record IdentityPatch(@JsonProperty("create") CreateIdentity create,
			@JsonProperty("patch_id") @Nullable String patchId) {

	}

}
