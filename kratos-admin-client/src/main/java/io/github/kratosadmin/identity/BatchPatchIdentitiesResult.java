package io.github.kratosadmin.identity;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * What became of identities that were created with one call. That the call succeeded does
 * not say that they were created: each may have failed.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param identities what became of each, in their order
 * @param additionalProperties what this version of the client does not know, by name;
 * kept out of {@link #toString()}
 */
public record BatchPatchIdentitiesResult(@JsonProperty("identities") List<IdentityPatchResult> identities,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	/**
	 * Reads what Kratos sent.
	 */
	public BatchPatchIdentitiesResult {
		identities = KratosJson.listOf(identities);
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	@Override
	public String toString() {
		return "BatchPatchIdentitiesResult[identities=" + this.identities + "]";
	}

	/**
	 * What became of one identity.
	 *
	 * @param action {@code create} if it was created, {@code error} if it was not
	 * @param identity the id of the created identity
	 * @param patchId the {@code patch_id} of the request
	 * @param error why it was not created; its {@code code} is the status that a single
	 * call would have had
	 * @param additionalProperties what this version of the client does not know, by name;
	 * kept out of {@link #toString()}
	 */
	public record IdentityPatchResult(@JsonProperty("action") @Nullable String action,
			@JsonProperty("identity") @Nullable String identity, @JsonProperty("patch_id") @Nullable String patchId,
			@JsonProperty("error") @Nullable KratosError error,
			@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

		/**
		 * Reads what Kratos sent.
		 */
		public IdentityPatchResult {
			additionalProperties = KratosJson.mapOf(additionalProperties);
		}

		@Override
		public String toString() {
			return "IdentityPatchResult[action=" + this.action + ", identity=" + this.identity + ", patchId="
					+ this.patchId + ", error=" + this.error + "]";
		}

	}

}
