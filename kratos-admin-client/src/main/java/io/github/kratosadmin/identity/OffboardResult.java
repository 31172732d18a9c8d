package io.github.kratosadmin.identity;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * The result of the offboarding of one of many identities.
 *
 * @param identityId the id of the identity
 * @param identity the identity, which is inactive; {@code null} if it may still be active
 * @param failure the reason if the identity is not disabled or may still have sessions,
 * mostly a {@link io.github.kratosadmin.error.KratosException}; {@code null} if it is
 * offboarded. Offboard it again after a failure
 */
public record OffboardResult(String identityId, @Nullable Identity identity,
		@JsonProperty(access = WRITE_ONLY) @Nullable RuntimeException failure) {

	/**
	 * Returns whether the identity is offboarded: it is disabled, and Kratos lists no
	 * active session of it.
	 * @return whether there is no failure
	 */
	public boolean succeeded() {
		return this.failure == null;
	}

}
