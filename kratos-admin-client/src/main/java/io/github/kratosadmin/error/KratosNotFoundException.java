package io.github.kratosadmin.error;

/**
 * Kratos did not find the resource (404). A wrong base URL or path prefix also leads to a
 * 404, and so may a gateway while Kratos is being deployed: use {@link #isAbsent()} to
 * find out whether the resource certainly does not exist. For a missing flow, Kratos up
 * to 0.8 responds with 200 and {@code null}, which also causes this exception.
 */
public class KratosNotFoundException extends KratosException {

	/** The message of every version of Kratos for an id that it does not find. */
	private static final String ABSENT = "Unable to locate the resource";

	/** The message of Kratos for other resources, always with a reason. */
	private static final String NOT_FOUND = "The requested resource could not be found";

	/**
	 * Creates the exception for a response with status 404.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the response
	 * @param error the error in the response
	 */
	public KratosNotFoundException(String operation, int status, KratosError error) {
		super(operation, status, error);
	}

	/**
	 * Returns whether the resource certainly does not exist: the response is a 404 with
	 * the text that every version of Kratos sends for an identity, session or message
	 * that it does not find. Any other 404 may come from a gateway, possibly in the
	 * format of Kratos's errors, as from Oathkeeper, and shows nothing about the
	 * resource.
	 * @return whether the resource does not exist
	 */
	public boolean isAbsent() {
		KratosError error = getError();
		return getStatus() == 404 && error.code() == 404 && ABSENT.equals(error.message()) && error.reason() == null;
	}

	/**
	 * Returns whether the error comes from Kratos, and not from a gateway in front of it:
	 * it has one of the texts that Kratos sends with a 404. Its format is not enough, as
	 * gateways use the same one.
	 */
	@Override
	public boolean isFromKratos() {
		KratosError error = getError();
		return super.isFromKratos() && (ABSENT.equals(error.message())
				|| (NOT_FOUND.equals(error.message()) && (error.reason() != null || error.debug() != null)));
	}

}
