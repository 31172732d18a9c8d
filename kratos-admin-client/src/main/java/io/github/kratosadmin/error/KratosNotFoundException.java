package io.github.kratosadmin.error;

/**
 * There is no such thing (404). A base URL or path prefix that leads somewhere else than
 * to the admin API has the same effect, and so has a gateway while Kratos is deployed:
 * {@link #isAbsent()} tells whether the thing is known not to be there. For a flow it is
 * also a 200 whose body is {@code null}, as Kratos up to 0.8 sends it.
 */
public class KratosNotFoundException extends KratosException {

	/** What every version of Kratos says of an id that it does not find. */
	private static final String ABSENT = "Unable to locate the resource";

	/** What Kratos says of what it does not find elsewhere, always with a reason. */
	private static final String NOT_FOUND = "The requested resource could not be found";

	/**
	 * An answer with status 404.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the answer
	 * @param error what Kratos says about it
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
