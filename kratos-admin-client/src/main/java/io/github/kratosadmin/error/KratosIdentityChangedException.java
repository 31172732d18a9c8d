package io.github.kratosadmin.error;

/**
 * The identity was changed by another client or its owner after it was read, so the
 * update was not sent. Read the identity and apply the change again.
 */
public class KratosIdentityChangedException extends KratosException {

	/**
	 * Creates the exception.
	 * @param operation the Kratos operation
	 * @param identityId the id of the identity
	 */
	public KratosIdentityChangedException(String operation, String identityId) {
		super(operation, 0, KratosError.NONE, operation + " was not sent: identity " + identityId
				+ " has been changed since it was read, and that change would be lost", null);
		this.requestSent = false;
	}

}
