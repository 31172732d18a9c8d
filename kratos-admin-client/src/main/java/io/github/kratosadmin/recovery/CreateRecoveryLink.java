package io.github.kratosadmin.recovery;

import java.time.Duration;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * A request for a recovery link.
 *
 * @param identityId the id of the identity whose account is to be recovered
 * @param expiresIn the lifetime of the link, or {@code null} for the default of Kratos
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CreateRecoveryLink(@JsonProperty("identity_id") String identityId,
		@JsonProperty("expires_in") @JsonSerialize(using = GoDurationSerializer.class) @JsonDeserialize(
				using = GoDurationDeserializer.class) @Nullable Duration expiresIn) {

	/**
	 * Creates a request.
	 * @throws IllegalArgumentException if the id of the identity is missing or blank, or
	 * the lifetime is not positive or longer than 292 years
	 */
	public CreateRecoveryLink {
		if (KratosJson.required(identityId, "identityId").isBlank()) {
			throw new IllegalArgumentException("identityId must not be blank");
		}
		if (expiresIn != null) {
			GoDurationSerializer.check(expiresIn);
		}
	}

	/**
	 * Creates a request for a link with the default lifetime.
	 * @param identityId the id of the identity whose account is to be recovered
	 * @throws IllegalArgumentException if the id of the identity is missing or blank
	 */
	public CreateRecoveryLink(String identityId) {
		this(identityId, null);
	}

	/**
	 * Returns a builder of a request for a link with the default lifetime.
	 * @param identityId the id of the identity whose account is to be recovered
	 * @return the builder
	 */
	public static Builder builder(String identityId) {
		return new Builder(identityId);
	}

	/**
	 * Builds a {@link CreateRecoveryLink}.
	 */
	public static final class Builder {

		private final String identityId;

		private @Nullable Duration expiresIn;

		private Builder(String identityId) {
			this.identityId = identityId;
		}

		/**
		 * Sets the lifetime of the link.
		 * @param expiresIn the lifetime, or {@code null} for the default of Kratos
		 * @return this builder
		 */
		public Builder expiresIn(@Nullable Duration expiresIn) {
			this.expiresIn = expiresIn;
			return this;
		}

		/**
		 * Builds the request.
		 * @return the request
		 * @throws IllegalArgumentException if the id of the identity is missing or blank,
		 * or the lifetime is not positive or longer than 292 years
		 */
		public CreateRecoveryLink build() {
			return new CreateRecoveryLink(this.identityId, this.expiresIn);
		}

	}

}
