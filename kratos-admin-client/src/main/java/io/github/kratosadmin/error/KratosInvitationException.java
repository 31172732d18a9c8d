package io.github.kratosadmin.error;

/**
 * The identity was created, but its invitation was not. Create the recovery code or link
 * again, with the identity's id. The status and the error are those of the failed call.
 */
public class KratosInvitationException extends KratosException {

	private final String identityId;

	/**
	 * Creates the exception.
	 * @param operation the Kratos operation that failed
	 * @param identityId the id of the identity that was created
	 * @param cause the failure of that operation
	 */
	public KratosInvitationException(String operation, String identityId, RuntimeException cause) {
		super(operation, (cause instanceof KratosException failure) ? failure.getStatus() : 0,
				(cause instanceof KratosException failure) ? failure.getError() : KratosError.NONE,
				"identity " + identityId + " was created, but not its invitation: " + cause.getMessage(), cause);
		this.identityId = identityId;
	}

	/**
	 * The identity that was created.
	 * @return its id
	 */
	public String getIdentityId() {
		return this.identityId;
	}

}
