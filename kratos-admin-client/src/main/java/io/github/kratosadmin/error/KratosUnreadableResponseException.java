package io.github.kratosadmin.error;

/**
 * The answer is not what the operation answers: HTML of a proxy, JSON that is cut off or
 * of another type, a body where none belongs, another identity or others than were asked
 * for, a redirect that must not be followed. Whether a change was carried out is not
 * known, unless the message says so.
 */
public class KratosUnreadableResponseException extends KratosException {

	/**
	 * An answer that cannot be read.
	 * @param operation the Kratos operation
	 * @param status the HTTP status of the answer
	 * @param problem what is wrong with the answer
	 */
	public KratosUnreadableResponseException(String operation, int status, String problem) {
		super(operation, status, KratosError.NONE,
				operation + " got an answer with status " + status + " that cannot be read: " + problem, null);
	}

}
