package io.github.kratosadmin.recovery;

import java.time.Duration;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.selfservice.FlowType;
import io.github.kratosadmin.version.SinceKratos;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * A request for a recovery code.
 *
 * @param identityId the id of the identity whose account is to be recovered
 * @param expiresIn the lifetime of the code, or {@code null} for the default of Kratos
 * @param flowType the client that the code is entered with, or {@code null} for a browser
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CreateRecoveryCode(@JsonProperty("identity_id") String identityId,
		@JsonProperty("expires_in") @JsonSerialize(using = GoDurationSerializer.class) @JsonDeserialize(
				using = GoDurationDeserializer.class) @Nullable Duration expiresIn,
		@SinceKratos(value = "1.2", ignoredBefore = true) @JsonProperty("flow_type") @Nullable FlowType flowType) {

	/**
	 * Creates a request.
	 * @throws IllegalArgumentException if the id of the identity is missing or blank, or
	 * the lifetime is not positive or longer than 292 years
	 */
	public CreateRecoveryCode {
		if (KratosJson.required(identityId, "identityId").isBlank()) {
			throw new IllegalArgumentException("identityId must not be blank");
		}
		if (expiresIn != null) {
			GoDurationSerializer.check(expiresIn);
		}
	}

	/**
	 * Creates a request for a code with the default lifetime, to be entered in a browser.
	 * @param identityId the id of the identity whose account is to be recovered
	 * @throws IllegalArgumentException if the id of the identity is missing or blank
	 */
	public CreateRecoveryCode(String identityId) {
		this(identityId, null, null);
	}

	/**
	 * Returns a builder of a request for a code with the default lifetime, to be entered
	 * in a browser.
	 * @param identityId the id of the identity whose account is to be recovered
	 * @return the builder
	 */
	public static Builder builder(String identityId) {
		return new Builder(identityId);
	}

	/**
	 * Builds a {@link CreateRecoveryCode}.
	 */
	public static final class Builder {

		private final String identityId;

		private @Nullable Duration expiresIn;

		private @Nullable FlowType flowType;

		private Builder(String identityId) {
			this.identityId = identityId;
		}

		/**
		 * Sets the lifetime of the code.
		 * @param expiresIn the lifetime, or {@code null} for the default of Kratos
		 * @return this builder
		 */
		public Builder expiresIn(@Nullable Duration expiresIn) {
			this.expiresIn = expiresIn;
			return this;
		}

		/**
		 * Sets the client that the code is entered with.
		 * @param flowType the type of the flow, or {@code null} for a browser; a call
		 * with it needs the version of {@link CreateRecoveryCode#flowType()}
		 * @return this builder
		 */
		public Builder flowType(@Nullable FlowType flowType) {
			this.flowType = flowType;
			return this;
		}

		/**
		 * Builds the request.
		 * @return the request
		 * @throws IllegalArgumentException if the id of the identity is missing or blank,
		 * or the lifetime is not positive or longer than 292 years
		 */
		public CreateRecoveryCode build() {
			return new CreateRecoveryCode(this.identityId, this.expiresIn, this.flowType);
		}

	}

}
