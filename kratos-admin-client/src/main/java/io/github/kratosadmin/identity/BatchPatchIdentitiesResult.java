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
 * The results of creating identities with one request. A successful call does not mean
 * that the identities were created: each may have failed.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client, in tests from the fixtures in the test module.
 *
 * @param identities a result for each identity, in the order of the request
 * @param additionalProperties the fields that this version of the client does not know,
 * by name; not shown by {@link #toString()}
 */
public record BatchPatchIdentitiesResult(@JsonProperty("identities") List<IdentityPatchResult> identities,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	/**
	 * Reads a response of Kratos: an absent list is empty.
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
	 * The result for one identity.
	 *
	 * @param action {@code create} if the identity was created, {@code error} if it was
	 * not
	 * @param identity the id of the created identity, or {@code null} if it was not
	 * created
	 * @param patchId the {@code patch_id} of the request, or {@code null} if it had none
	 * @param error the error if the identity was not created, {@code null} otherwise; its
	 * {@code code} is the status that {@code createIdentity} would have had
	 * @param additionalProperties the fields that this version of the client does not
	 * know, by name; not shown by {@link #toString()}
	 */
	public record IdentityPatchResult(@JsonProperty("action") @Nullable String action,
			@JsonProperty("identity") @Nullable String identity, @JsonProperty("patch_id") @Nullable String patchId,
			@JsonProperty("error") @Nullable KratosError error,
			@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

		/**
		 * Reads a result from a response of Kratos.
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
