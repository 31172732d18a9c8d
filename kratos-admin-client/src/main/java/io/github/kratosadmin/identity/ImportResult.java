package io.github.kratosadmin.identity;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * What became of one identity of an import.
 *
 * @param row which identity, counted from 0
 * @param outcome whether it was created
 * @param id the id of the created identity, {@code null} otherwise
 * @param failure why it was not created, or why that is not known: mostly a
 * {@link io.github.kratosadmin.error.KratosException}; {@code null} if it was created
 */
public record ImportResult(long row, Outcome outcome, @Nullable String id,
		@JsonProperty(access = WRITE_ONLY) @Nullable RuntimeException failure) {

	/**
	 * Whether an identity was created.
	 */
	public enum Outcome {

		/**
		 * It was created.
		 */
		CREATED,

		/**
		 * It was not created.
		 */
		FAILED,

		/**
		 * It may have been created or not: no response came, or it does not tell. It was
		 * not sent again. To import it again does no harm if the identity has an
		 * identifier, as it then fails as a conflict.
		 */
		UNKNOWN,

		/**
		 * It was not sent: the server was failing, or wanted fewer calls, for longer than
		 * {@link ImportIdentities#maxPause()}, or the client was closed. The failure is
		 * that of the last call, or says that the client is closed.
		 */
		NOT_SENT

	}

}
