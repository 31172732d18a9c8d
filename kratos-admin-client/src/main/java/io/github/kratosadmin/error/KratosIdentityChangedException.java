package io.github.kratosadmin.error;

/**
 * Somebody else has changed an identity while a change of it was made up. Nothing was
 * sent: make the change again, to the identity as it is now.
 */
public class KratosIdentityChangedException extends KratosException {

	/**
	 * A change that was not sent.
	 * @param operation the Kratos operation
	 * @param identityId the id of the identity
	 */
	public KratosIdentityChangedException(String operation, String identityId) {
		super(operation, 0, KratosError.NONE, operation + " was not sent: identity " + identityId
				+ " has been changed since it was read, and that change would be lost", null);
		this.requestSent = false;
	}

}
