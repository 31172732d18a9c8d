package io.github.kratosadmin.error;

import org.jspecify.annotations.Nullable;

/**
 * The identity was disabled, but Kratos still lists active sessions. Offboard the
 * identity again.
 */
public class KratosSessionsRemainException extends KratosException {

	private final String identityId;

	/**
	 * Creates the exception.
	 * @param operation the Kratos operation that should have deleted the sessions
	 * @param identityId the id of the identity
	 * @param cause the failure of that operation, or {@code null} if it seemed to succeed
	 */
	public KratosSessionsRemainException(String operation, String identityId, @Nullable KratosException cause) {
		super(operation, (cause != null) ? cause.getStatus() : 0, (cause != null) ? cause.getError() : KratosError.NONE,
				"identity " + identityId + " was disabled, but still has active sessions: offboard it again", cause);
		this.identityId = identityId;
	}

	/**
	 * Returns the id of the identity that still has sessions.
	 * @return the id
	 */
	public String getIdentityId() {
		return this.identityId;
	}

}
