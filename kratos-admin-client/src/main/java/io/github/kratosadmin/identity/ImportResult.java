package io.github.kratosadmin.identity;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * The result of an import for one identity.
 *
 * @param row the number of the row with the identity, counted from 0
 * @param outcome the outcome
 * @param id the id of the identity if it was created, {@code null} otherwise
 * @param failure the reason if the identity was not created or the outcome is not known,
 * mostly a {@link io.github.kratosadmin.error.KratosException}; {@code null} if it was
 * created
 * @param unknown if the outcome is not known, the row for
 * {@link io.github.kratosadmin.KratosAdmin#resolveUnknown(UnknownRow)}; {@code null}
 * otherwise. It has the identity with its secrets, so neither JSON nor
 * {@link #toString()} shows it
 */
public record ImportResult(long row, Outcome outcome, @Nullable String id,
		@JsonProperty(access = WRITE_ONLY) @Nullable RuntimeException failure,
		@JsonProperty(access = WRITE_ONLY) @Nullable UnknownRow unknown) {

	/**
	 * Does not show the identity.
	 */
	@Override
	public String toString() {
		return "ImportResult[row=" + this.row + ", outcome=" + this.outcome + ", id=" + this.id + ", failure="
				+ this.failure + "]";
	}

	/**
	 * The outcome of an import for one identity.
	 */
	public enum Outcome {

		/**
		 * The identity was created.
		 */
		CREATED,

		/**
		 * The identity was not created.
		 */
		FAILED,

		/**
		 * The identity may have been created: there was no response, or the response does
		 * not say. The row was not sent again. To find out, call
		 * {@link io.github.kratosadmin.KratosAdmin#resolveUnknown(UnknownRow)}. Or import
		 * the row again if it has an identifier: if the identity exists, the row fails as
		 * a conflict.
		 */
		UNKNOWN,

		/**
		 * The row was not sent: the server was down, failing or limited the rate for
		 * longer than {@link ImportIdentities#maxPause()}, or the client was closed. The
		 * failure is that of the last request, or says that the client is closed.
		 */
		NOT_SENT

	}

}
