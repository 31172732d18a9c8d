package io.github.kratosadmin.error;

/**
 * Kratos did not find the resource (404). A wrong base URL or path prefix also leads to a
 * 404, and so may a gateway while Kratos is being deployed: {@link #isAbsent()} tells
 * whether the resource is known not to exist. For a flow, a 200 whose body is {@code
 * null} counts as well: Kratos up to 0.8 sends that.
 */
public class KratosNotFoundException extends KratosException {

	/** What every version of Kratos says of an id that it does not find. */
	private static final String ABSENT = "Unable to locate the resource";

	/** What Kratos says of what it does not find elsewhere, always with a reason. */
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
	 * Whether it is known that the thing is not there: the response is a 404 with the
	 * text that every version of Kratos sends for an identity, session or message that it
	 * does not find. Any other 404 may come from a gateway, even in the form of Kratos's
	 * errors, as Oathkeeper sends it, and says nothing about the thing.
	 * @return whether the thing may be taken for absent
	 */
	public boolean isAbsent() {
		KratosError error = getError();
		return getStatus() == 404 && error.code() == 404 && ABSENT.equals(error.message()) && error.reason() == null;
	}

	/**
	 * Whether it is Kratos that tells of the failure, and not something in front of it:
	 * the error has one of the texts that Kratos sends with a 404. The form of the error
	 * does not tell, as gateways send the same.
	 */
	@Override
	public boolean isFromKratos() {
		KratosError error = getError();
		return super.isFromKratos() && (ABSENT.equals(error.message())
				|| (NOT_FOUND.equals(error.message()) && (error.reason() != null || error.debug() != null)));
	}

}
