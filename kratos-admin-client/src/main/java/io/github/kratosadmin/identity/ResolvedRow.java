package io.github.kratosadmin.identity;

import org.jspecify.annotations.Nullable;

/**
 * What became of a row of an import whose outcome was not known.
 *
 * @param row the number of the row, counted from 0
 * @param fate what became of the row
 * @param identityId the id of the identity with the external id or an identifier of the
 * row, {@code null} if there is none
 */
public record ResolvedRow(long row, Fate fate, @Nullable String identityId) {

	/**
	 * What became of a row.
	 */
	public enum Fate {

		/**
		 * The row was created: the identity was created while the row was being sent, and
		 * has its content.
		 */
		CREATED,

		/**
		 * The row was not created: the identity existed before.
		 */
		EXISTED,

		/**
		 * No identity has the external id or an identifier of the row. The server may
		 * still be working on the request, in particular behind a gateway. Resolve the
		 * row again after the timeout of the gateway, or import it again. This is safe,
		 * because the second of two equal rows fails as a conflict.
		 */
		ABSENT,

		/**
		 * The identity exists, but it cannot be said who created it. Compare the identity
		 * with the row. The reason is one of the following:
		 * <ul>
		 * <li>It was created at about the time of the row or later, but has another
		 * content, or a registration with the same content is possible.</li>
		 * <li>The clock of the server is not known.</li>
		 * <li>The row names no schema, and its identifier is not one in all schemas.</li>
		 * <li>The identity has the identifier only for another way to sign in.</li>
		 * </ul>
		 */
		UNDECIDED

	}

}
