package io.github.kratosadmin.recovery;

import java.time.Duration;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * A recovery link to make.
 *
 * @param identityId the id of the identity whose account is to be recovered
 * @param expiresIn how long the link is good for, or {@code null} for as long as Kratos
 * is configured to
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CreateRecoveryLink(@JsonProperty("identity_id") String identityId,
		@JsonProperty("expires_in") @JsonSerialize(using = GoDurationSerializer.class) @JsonDeserialize(
				using = GoDurationDeserializer.class) @Nullable Duration expiresIn) {

	/**
	 * Checks the request.
	 * @throws IllegalArgumentException if the identity's id is missing or blank, or the
	 * duration is not positive or longer than 292 years
	 */
	public CreateRecoveryLink {
		if (KratosJson.required(identityId, "identityId").isBlank()) {
			throw new IllegalArgumentException("identityId must be the id of an identity, but is blank");
		}
		if (expiresIn != null) {
			GoDurationSerializer.check(expiresIn);
		}
	}

	/**
	 * A link that is good for as long as Kratos is configured to.
	 * @param identityId the id of the identity whose account is to be recovered
	 */
	public CreateRecoveryLink(String identityId) {
		this(identityId, null);
	}

}
