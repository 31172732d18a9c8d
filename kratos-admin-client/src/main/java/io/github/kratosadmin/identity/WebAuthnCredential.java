package io.github.kratosadmin.identity;

import java.time.Instant;
import java.util.Base64;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;

/**
 * A security key or passkey to import. Binary values are in Base64, as Kratos writes them
 * (not in Base64 for URLs, as browsers do): the builder takes bytes.
 *
 * @param id the id of the key, in Base64
 * @param publicKey the public key in COSE, in Base64
 * @param attestationType the type of the attestation, such as {@code none}, or
 * {@code null}
 * @param authenticator the authenticator with the key, or {@code null} if unknown
 * @param displayName the name that is shown to the user, or {@code null} for none
 * @param addedAt the time when the user has added the key, or {@code null} if unknown
 * @param passwordless whether the user signs in with the key alone, and not with the key
 * as second factor
 * @param flags the flags of the authenticator, or {@code null} if unknown; Kratos then
 * takes the flags for the backup from the next sign-in
 * @param transport the ways to reach the key, such as {@code usb}, empty if unknown
 * @param attestation the attestation, or {@code null} for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WebAuthnCredential(@JsonProperty("id") String id, @JsonProperty("public_key") String publicKey,
		@JsonProperty("attestation_type") @Nullable String attestationType,
		@JsonProperty("authenticator") @Nullable Authenticator authenticator,
		@JsonProperty("display_name") @Nullable String displayName, @JsonProperty("added_at") @Nullable Instant addedAt,
		@JsonProperty("is_passwordless") boolean passwordless, @JsonProperty("flags") @Nullable Flags flags,
		@JsonProperty("transport") List<String> transport,
		@JsonProperty("attestation") @Nullable Attestation attestation) {

	/**
	 * Creates a key.
	 * @throws IllegalArgumentException if the id or the public key is missing
	 */
	public WebAuthnCredential {
		id = KratosJson.required(id, "id");
		publicKey = KratosJson.required(publicKey, "publicKey");
		transport = KratosJson.listOf(transport);
	}

	/**
	 * Returns a builder of a key.
	 * @param id the id of the key
	 * @param publicKey the public key in COSE
	 * @return the builder
	 */
	public static Builder builder(byte[] id, byte[] publicKey) {
		return new Builder(id, publicKey);
	}

	private static String base64(byte[] bytes) {
		return Base64.getEncoder().encodeToString(bytes);
	}

	/**
	 * Does not show the key and its id.
	 */
	@Override
	public String toString() {
		return "WebAuthnCredential[attestationType=" + this.attestationType + ", addedAt=" + this.addedAt
				+ ", passwordless=" + this.passwordless + "]";
	}

	/**
	 * The authenticator with a key.
	 *
	 * @param aaguid the id of its model, in Base64, or {@code null} if unknown
	 * @param signCount the number of signatures, 0 if it does not count
	 * @param cloneWarning whether the key may have been copied
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Authenticator(@JsonProperty("aaguid") @Nullable String aaguid,
			@JsonProperty("sign_count") long signCount, @JsonProperty("clone_warning") boolean cloneWarning) {

		/**
		 * Does not show the model.
		 */
		@Override
		public String toString() {
			return "Authenticator[signCount=" + this.signCount + ", cloneWarning=" + this.cloneWarning + "]";
		}

	}

	/**
	 * The flags of an authenticator.
	 *
	 * @param userPresent whether the user was present
	 * @param userVerified whether the user was verified
	 * @param backupEligible whether the key may be backed up
	 * @param backupState whether the key is backed up
	 */
	public record Flags(@JsonProperty("user_present") boolean userPresent,
			@JsonProperty("user_verified") boolean userVerified,
			@JsonProperty("backup_eligible") boolean backupEligible,
			@JsonProperty("backup_state") boolean backupState) {

	}

	/**
	 * The attestation of a key. Each value is in Base64 or {@code null}.
	 *
	 * @param clientDataJson the client data
	 * @param clientDataHash the hash of the client data
	 * @param authenticatorData the data of the authenticator
	 * @param publicKeyAlgorithm the COSE algorithm of the key, such as -7
	 * @param object the attestation object
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Attestation(@JsonProperty("client_dataJSON") @Nullable String clientDataJson,
			@JsonProperty("client_data_hash") @Nullable String clientDataHash,
			@JsonProperty("authenticator_data") @Nullable String authenticatorData,
			@JsonProperty("public_key_algorithm") long publicKeyAlgorithm,
			@JsonProperty("object") @Nullable String object) {

		/**
		 * Does not show the data.
		 */
		@Override
		public String toString() {
			return "Attestation[publicKeyAlgorithm=" + this.publicKeyAlgorithm + "]";
		}

	}

	/**
	 * Builds a {@link WebAuthnCredential}.
	 */
	public static final class Builder {

		private final byte[] id;

		private final byte[] publicKey;

		private @Nullable String attestationType;

		private @Nullable Authenticator authenticator;

		private @Nullable String displayName;

		private @Nullable Instant addedAt;

		private boolean passwordless;

		private @Nullable Flags flags;

		private List<String> transport = List.of();

		private @Nullable Attestation attestation;

		private Builder(byte[] id, byte[] publicKey) {
			this.id = id.clone();
			this.publicKey = publicKey.clone();
		}

		/**
		 * Sets the type of the attestation.
		 * @param attestationType the type, such as {@code none}, or {@code null}
		 * @return this builder
		 */
		public Builder attestationType(@Nullable String attestationType) {
			this.attestationType = attestationType;
			return this;
		}

		/**
		 * Sets the authenticator with the key.
		 * @param aaguid the id of its model, or {@code null} if unknown
		 * @param signCount the number of signatures, 0 if it does not count
		 * @return this builder
		 */
		public Builder authenticator(byte @Nullable [] aaguid, long signCount) {
			this.authenticator = new Authenticator((aaguid != null) ? base64(aaguid) : null, signCount, false);
			return this;
		}

		/**
		 * Sets the name that is shown to the user.
		 * @param displayName the name, or {@code null} for none
		 * @return this builder
		 */
		public Builder displayName(@Nullable String displayName) {
			this.displayName = displayName;
			return this;
		}

		/**
		 * Sets the time when the user has added the key.
		 * @param addedAt the time, or {@code null} if unknown
		 * @return this builder
		 */
		public Builder addedAt(@Nullable Instant addedAt) {
			this.addedAt = addedAt;
			return this;
		}

		/**
		 * Sets whether the user signs in with the key alone, and not with the key as
		 * second factor, the default.
		 * @param passwordless {@code true} to sign in with the key alone
		 * @return this builder
		 */
		public Builder passwordless(boolean passwordless) {
			this.passwordless = passwordless;
			return this;
		}

		/**
		 * Sets the flags of the authenticator.
		 * @param flags the flags, or {@code null} if unknown
		 * @return this builder
		 */
		public Builder flags(@Nullable Flags flags) {
			this.flags = flags;
			return this;
		}

		/**
		 * Sets the ways to reach the key.
		 * @param transport the ways, such as {@code usb} or {@code internal}
		 * @return this builder
		 */
		public Builder transport(List<String> transport) {
			this.transport = List.copyOf(transport);
			return this;
		}

		/**
		 * Sets the attestation.
		 * @param attestation the attestation, or {@code null} for none
		 * @return this builder
		 */
		public Builder attestation(@Nullable Attestation attestation) {
			this.attestation = attestation;
			return this;
		}

		/**
		 * Builds the key.
		 * @return the key
		 */
		public WebAuthnCredential build() {
			return new WebAuthnCredential(base64(this.id), base64(this.publicKey), this.attestationType,
					this.authenticator, this.displayName, this.addedAt, this.passwordless, this.flags, this.transport,
					this.attestation);
		}

	}

}
