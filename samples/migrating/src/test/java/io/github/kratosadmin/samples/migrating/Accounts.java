package io.github.kratosadmin.samples.migrating;

import java.util.List;
import java.util.Optional;

/**
 * What an application does with the accounts of its users.
 */
interface Accounts {

	/**
	 * Creates an account.
	 * @return the id of the account
	 * @throws EmailTakenException if there is an account with this e-mail address
	 */
	String register(String email) throws Exception;

	Optional<String> find(String email) throws Exception;

	boolean exists(String id) throws Exception;

	List<String> all() throws Exception;

	void changeEmail(String id, String email) throws Exception;

	void changePlan(String id, String plan) throws Exception;

	class EmailTakenException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		EmailTakenException(Throwable cause) {
			super(cause);
		}

	}

}
