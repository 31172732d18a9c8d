package io.github.kratosadmin.identity;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * An address of an identity that can be verified.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client or the methods here, in tests from the fixtures in the test
 * module.
 *
 * @param id the id of the address
 * @param value the address
 * @param verified whether the address is verified
 * @param via the way to reach it, such as {@code email} or {@code sms}
 * @param status the status of the verification, such as {@code pending}, {@code sent} or
 * {@code completed}
 * @param verifiedAt the time of the verification
 * @param createdAt the time of its creation
 * @param updatedAt the time of the last change
 * @param additionalProperties the fields that this version of the client does not know,
 * by name; not shown by {@link #toString()}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VerifiableAddress(@JsonProperty("id") @Nullable String id, @JsonProperty("value") @Nullable String value,
		@JsonProperty("verified") boolean verified, @JsonProperty("via") @Nullable String via,
		@JsonProperty("status") @Nullable String status, @JsonProperty("verified_at") @Nullable Instant verifiedAt,
		@JsonProperty("created_at") @Nullable Instant createdAt,
		@JsonProperty("updated_at") @Nullable Instant updatedAt,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	/**
	 * Reads an address from a response of Kratos.
	 */
	public VerifiableAddress {
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	/**
	 * Creates an e-mail address for an identity to create. Kratos stores it if the
	 * identity schema finds the same address in the traits.
	 * @param value the address
	 * @param verified whether the address is already verified
	 * @return the address
	 */
	public static VerifiableAddress email(String value, boolean verified) {
		return builder().value(value).via("email").verified(verified).build();
	}

	/**
	 * Creates a phone number for an identity to create. Kratos stores it if the identity
	 * schema finds the same number in the traits.
	 * @param value the number
	 * @param verified whether the number is already verified
	 * @return the address
	 */
	public static VerifiableAddress sms(String value, boolean verified) {
		return builder().value(value).via("sms").verified(verified).build();
	}

	/**
	 * Returns a builder of an address, with fields that {@link #email(String, boolean)}
	 * does not set, such as the status. The value and {@code via}, the way to reach it,
	 * are required.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Returns the same address without unknown fields.
	 */
	VerifiableAddress known() {
		return new VerifiableAddress(this.id, this.value, this.verified, this.via, this.status, this.verifiedAt,
				this.createdAt, this.updatedAt, Map.of());
	}

	/**
	 * Returns the same address without what Kratos sets itself.
	 */
	VerifiableAddress toCreate() {
		return new VerifiableAddress(null, this.value, this.verified, this.via, this.status, this.verifiedAt, null,
				null, Map.of());
	}

	/**
	 * Does not show personal data.
	 */
	@Override
	public String toString() {
		return "VerifiableAddress[id=" + this.id + ", via=" + this.via + ", verified=" + this.verified + ", status="
				+ this.status + "]";
	}

	/**
	 * Builds a {@link VerifiableAddress}.
	 */
	public static final class Builder {

		private @Nullable String id;

		private @Nullable String value;

		private boolean verified;

		private @Nullable String via;

		private @Nullable String status;

		private @Nullable Instant verifiedAt;

		private @Nullable Instant createdAt;

		private @Nullable Instant updatedAt;

		private Builder() {
		}

		/**
		 * Sets the id. Kratos sets it itself.
		 * @param id the id, a UUID, or {@code null}
		 * @return this builder
		 */
		public Builder id(@Nullable String id) {
			this.id = id;
			return this;
		}

		/**
		 * Sets the address. Required.
		 * @param value the e-mail address or phone number
		 * @return this builder
		 */
		public Builder value(String value) {
			this.value = value;
			return this;
		}

		/**
		 * Sets whether the address is verified.
		 * @param verified {@code true} if it is verified, {@code false} by default
		 * @return this builder
		 */
		public Builder verified(boolean verified) {
			this.verified = verified;
			return this;
		}

		/**
		 * Sets the way to reach the address. Required.
		 * @param via the way, such as {@code email} or {@code sms}
		 * @return this builder
		 */
		public Builder via(String via) {
			this.via = via;
			return this;
		}

		/**
		 * Sets the status of the verification.
		 * @param status the status, such as {@code pending}, {@code sent} or
		 * {@code completed}; {@code null} for {@code completed} if the address is
		 * verified and {@code pending} otherwise
		 * @return this builder
		 */
		public Builder status(@Nullable String status) {
			this.status = status;
			return this;
		}

		/**
		 * Sets the time of the verification.
		 * @param verifiedAt the time, or {@code null}
		 * @return this builder
		 */
		public Builder verifiedAt(@Nullable Instant verifiedAt) {
			this.verifiedAt = verifiedAt;
			return this;
		}

		/**
		 * Sets the time of the creation. Kratos sets it itself.
		 * @param createdAt the time, or {@code null}
		 * @return this builder
		 */
		public Builder createdAt(@Nullable Instant createdAt) {
			this.createdAt = createdAt;
			return this;
		}

		/**
		 * Sets the time of the last change. Kratos sets it itself.
		 * @param updatedAt the time, or {@code null}
		 * @return this builder
		 */
		public Builder updatedAt(@Nullable Instant updatedAt) {
			this.updatedAt = updatedAt;
			return this;
		}

		/**
		 * Builds the address.
		 * @return the address
		 * @throws IllegalArgumentException if the value or {@code via} is missing
		 */
		public VerifiableAddress build() {
			String status = (this.status != null) ? this.status : (this.verified ? "completed" : "pending");
			return new VerifiableAddress(this.id, KratosJson.required(this.value, "value"), this.verified,
					KratosJson.required(this.via, "via"), status, this.verifiedAt, this.createdAt, this.updatedAt,
					Map.of());
		}

	}

}
