package io.github.kratosadmin.batch;

import io.github.kratosadmin.error.KratosException;
import org.jspecify.annotations.Nullable;

/**
 * What became of one item of a writer. It has no personal data and no secrets, except
 * that a reason may quote a response of Kratos, from which the client removes the values
 * that it has sent.
 *
 * @param row the number of the row in its input, or {@code null} if the item has none
 * @param identityId the id of the identity, or {@code null} if it is not known
 * @param outcome the outcome
 * @param reason the reason if the item failed or its outcome is not known; {@code null}
 * otherwise
 * @param failure the failed call, or {@code null} if no call failed
 */
public record RowOutcome(@Nullable Long row, @Nullable String identityId, Outcome outcome, @Nullable String reason,
		@Nullable KratosException failure) {

	/**
	 * What became of an item.
	 */
	public enum Outcome {

		/**
		 * Kratos has carried out the change, or a verified row is as it should be.
		 */
		DONE,

		/**
		 * There was nothing to change: the identity to create exists, or the identity to
		 * delete does not, for example when a chunk comes again after a crash.
		 */
		ALREADY_DONE,

		/**
		 * Nothing was changed, for the given reason.
		 */
		FAILED,

		/**
		 * It is not known whether Kratos has carried out the change.
		 */
		UNKNOWN

	}

}
