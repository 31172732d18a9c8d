package io.github.kratosadmin.error;

/**
 * The identity was created, but its invitation was not. Create another recovery code or
 * link with the id of the identity. The status and the error are those of the failed
 * operation.
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
				"identity " + identityId + " was created, but its invitation was not: " + cause.getMessage(), cause);
		this.identityId = identityId;
	}

	/**
	 * Returns the id of the identity that was created.
	 * @return the id
	 */
	public String getIdentityId() {
		return this.identityId;
	}

}
