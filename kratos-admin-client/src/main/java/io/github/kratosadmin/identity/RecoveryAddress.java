package io.github.kratosadmin.identity;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.version.SinceKratos;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * An address to recover the account of an identity with.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client or the methods here, in tests from the fixtures in the test
 * module.
 *
 * @param id the id of the address
 * @param value the address
 * @param via the way to reach it, such as {@code email}
 * @param createdAt the time of its creation
 * @param updatedAt the time of the last change
 * @param breakGlassForOrganization the id of an organization whose users have to sign in
 * with its provider: this address recovers the account nevertheless, for example while
 * the provider is unavailable; {@code null} for none (since a Kratos after 26.2)
 * @param additionalProperties the fields that this version of the client does not know,
 * by name; not shown by {@link #toString()}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecoveryAddress(@JsonProperty("id") @Nullable String id, @JsonProperty("value") @Nullable String value,
		@JsonProperty("via") @Nullable String via, @JsonProperty("created_at") @Nullable Instant createdAt,
		@JsonProperty("updated_at") @Nullable Instant updatedAt,
		@SinceKratos("after 26.2") @JsonProperty("break_glass_for_organization") @Nullable String breakGlassForOrganization,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	/**
	 * Reads an address from a response of Kratos.
	 */
	public RecoveryAddress {
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

	/**
	 * Creates an e-mail address for an identity to create. Kratos stores it if the
	 * identity schema finds the same address in the traits.
	 * @param value the address
	 * @return the address
	 */
	public static RecoveryAddress email(String value) {
		return builder().value(value).via("email").build();
	}

	/**
	 * Returns a builder of an address. The value and {@code via}, the way to reach it,
	 * are required.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Returns the same address without unknown fields.
	 */
	RecoveryAddress known() {
		return new RecoveryAddress(this.id, this.value, this.via, this.createdAt, this.updatedAt,
				this.breakGlassForOrganization, Map.of());
	}

	/**
	 * Returns the same address without what Kratos sets itself.
	 */
	RecoveryAddress toCreate() {
		return new RecoveryAddress(null, this.value, this.via, null, null, this.breakGlassForOrganization, Map.of());
	}

	/**
	 * Does not show personal data.
	 */
	@Override
	public String toString() {
		return "RecoveryAddress[id=" + this.id + ", via=" + this.via + "]";
	}

	/**
	 * Builds a {@link RecoveryAddress}.
	 */
	public static final class Builder {

		private @Nullable String id;

		private @Nullable String value;

		private @Nullable String via;

		private @Nullable Instant createdAt;

		private @Nullable Instant updatedAt;

		private @Nullable String breakGlassForOrganization;

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
		 * @param value the address, such as an e-mail address
		 * @return this builder
		 */
		public Builder value(String value) {
			this.value = value;
			return this;
		}

		/**
		 * Sets the way to reach the address. Required.
		 * @param via the way, such as {@code email}
		 * @return this builder
		 */
		public Builder via(String via) {
			this.via = via;
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
		 * Sets an organization whose users have to sign in with its provider: this
		 * address recovers the account nevertheless.
		 * @param breakGlassForOrganization the id of the organization, a UUID, or
		 * {@code null} for none
		 * @return this builder
		 */
		@SinceKratos("after 26.2")
		public Builder breakGlassForOrganization(@Nullable String breakGlassForOrganization) {
			this.breakGlassForOrganization = breakGlassForOrganization;
			return this;
		}

		/**
		 * Builds the address.
		 * @return the address
		 * @throws IllegalArgumentException if the value or {@code via} is missing
		 */
		public RecoveryAddress build() {
			return new RecoveryAddress(this.id, KratosJson.required(this.value, "value"),
					KratosJson.required(this.via, "via"), this.createdAt, this.updatedAt,
					this.breakGlassForOrganization, Map.of());
		}

	}

}
