package io.github.kratosadmin.error;

import org.jspecify.annotations.Nullable;

/**
 * The identity was disabled, but Kratos still lists active sessions. Shut the identity
 * out again.
 */
public class KratosSessionsRemainException extends KratosException {

	private final String identityId;

	/**
	 * Creates the exception.
	 * @param operation the Kratos operation that should have ended them
	 * @param identityId the id of the identity
	 * @param cause the failure of that operation, or {@code null} if it seemed to succeed
	 */
	public KratosSessionsRemainException(String operation, String identityId, @Nullable KratosException cause) {
		super(operation, (cause != null) ? cause.getStatus() : 0, (cause != null) ? cause.getError() : KratosError.NONE,
				"identity " + identityId + " was disabled, but still has active sessions: shut it out again", cause);
		this.identityId = identityId;
	}

	/**
	 * The identity that still has sessions.
	 * @return its id
	 */
	public String getIdentityId() {
		return this.identityId;
	}

}
