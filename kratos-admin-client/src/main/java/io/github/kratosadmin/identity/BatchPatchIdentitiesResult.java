package io.github.kratosadmin.identity;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.json.KratosJson;
import org.jspecify.annotations.Nullable;

/**
 * What became of identities that were created with one call. That the call succeeded does
 * not say that they were created: each may have failed.
 *
 * @param identities what became of each, in their order
 */
public record BatchPatchIdentitiesResult(@JsonProperty("identities") List<IdentityPatchResult> identities) {

	/**
	 * Reads what Kratos sent.
	 */
	public BatchPatchIdentitiesResult {
		identities = KratosJson.listOf(identities);
	}

	/**
	 * What became of one identity.
	 *
	 * @param action {@code create} if it was created, {@code error} if it was not
	 * @param identity the id of the created identity
	 * @param patchId the {@code patch_id} of the request
	 * @param error why it was not created; its {@code code} is the status that a single
	 * call would have had
	 */
	public record IdentityPatchResult(@JsonProperty("action") @Nullable String action,
			@JsonProperty("identity") @Nullable String identity, @JsonProperty("patch_id") @Nullable String patchId,
			@JsonProperty("error") @Nullable KratosError error) {

	}

}
