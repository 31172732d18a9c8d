package io.github.kratosadmin.error;

/**
 * There is no such thing (404). A base URL or path prefix that leads somewhere else than
 * to the admin API has the same effect: the message then shows how the answer begins. For
 * a flow it is also a 200 whose body is {@code null}, as Kratos up to 0.8 sends it.
 */
public class KratosNotFoundException extends KratosException {

	/**
	 * An answer with status 404.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the answer
	 * @param error what Kratos says about it
	 */
	public KratosNotFoundException(String operation, int status, KratosError error) {
		super(operation, status, error);
	}

}
