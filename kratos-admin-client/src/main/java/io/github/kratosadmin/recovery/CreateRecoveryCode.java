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
 * A recovery code to make.
 *
 * @param identityId the id of the identity whose account is to be recovered
 * @param expiresIn how long the code is good for, or {@code null} for as long as Kratos
 * is configured to
 * @param flowType who enters the code: a browser, as if {@code null}, or an API client
 * (since Kratos 1.2)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CreateRecoveryCode(@JsonProperty("identity_id") String identityId,
		@JsonProperty("expires_in") @JsonSerialize(using = GoDurationSerializer.class) @JsonDeserialize(
				using = GoDurationDeserializer.class) @Nullable Duration expiresIn,
		@SinceKratos(value = "1.2", ignoredBefore = true) @JsonProperty("flow_type") @Nullable FlowType flowType) {

	/**
	 * Checks the request.
	 * @throws IllegalArgumentException if the identity's id is missing or blank, or the
	 * duration is not positive or longer than 292 years
	 */
	public CreateRecoveryCode {
		if (KratosJson.required(identityId, "identityId").isBlank()) {
			throw new IllegalArgumentException("identityId must be the id of an identity, but is blank");
		}
		if (expiresIn != null) {
			GoDurationSerializer.check(expiresIn);
		}
	}

	/**
	 * A code for a browser.
	 * @param identityId the id of the identity whose account is to be recovered
	 * @param expiresIn how long the code is good for, or {@code null} for as long as
	 * Kratos is configured to
	 */
	public CreateRecoveryCode(String identityId, @Nullable Duration expiresIn) {
		this(identityId, expiresIn, null);
	}

	/**
	 * A code for a browser that is good for as long as Kratos is configured to.
	 * @param identityId the id of the identity whose account is to be recovered
	 */
	public CreateRecoveryCode(String identityId) {
		this(identityId, null, null);
	}

}
