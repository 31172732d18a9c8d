package io.github.kratosadmin.test.embedded.internal.identity;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;

/**
 * Thrown if another identity has a value that must be unique. The message is that of a
 * constraint of the database.
 */
final class UniqueViolationException extends RuntimeException {

	private static final String CONFLICT = "Unable to insert or update resource because a resource with that value "
			+ "exists already";

	UniqueViolationException(String columns) {
		super("sqlite create: UNIQUE constraint failed: " + columns);
	}

	/**
	 * The error response to a create.
	 */
	ErrorResponseException whenCreating(KratosEra era) {
		return IdentityRules.explainsConflicts(era)
				? new ErrorResponseException(409, "The resource could not be created due to a conflict").withReason(
						"This identity conflicts with another identity that already exists.")
				: whenUpdating(era);
	}

	/**
	 * The error response to an update.
	 */
	ErrorResponseException whenUpdating(KratosEra era) {
		return new ErrorResponseException(409,
				IdentityRules.namesConstraints(era) ? getMessage() + ": " + CONFLICT : CONFLICT);
	}

}
