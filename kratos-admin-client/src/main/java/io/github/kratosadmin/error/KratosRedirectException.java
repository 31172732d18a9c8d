package io.github.kratosadmin.error;

/**
 * The answer is a redirect that must not be followed, such as one that leaves the admin
 * API. The change, or the read, was not carried out there.
 */
public class KratosRedirectException extends KratosUnreadableAnswerException {

	private final boolean elsewhere;

	/**
	 * A redirect that was not followed.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the answer
	 * @param problem from where the redirect leads where, and what is wrong with that
	 * @param elsewhere whether it leads to another scheme, host or port
	 */
	public KratosRedirectException(String operation, int status, String problem, boolean elsewhere) {
		super(operation, status, problem);
		this.elsewhere = elsewhere;
	}

	/**
	 * Whether the redirect leads to another scheme, host or port. For an operation of the
	 * admin API that means that the base URL is not the admin API's, but possibly that of
	 * the public API.
	 * @return whether it leads elsewhere
	 */
	public boolean isElsewhere() {
		return this.elsewhere;
	}

}
