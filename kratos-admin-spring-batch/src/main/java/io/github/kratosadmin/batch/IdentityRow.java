package io.github.kratosadmin.batch;

import io.github.kratosadmin.identity.CreateIdentity;
import org.jspecify.annotations.Nullable;

/**
 * A row of an input: an identity to create. A row that cannot be read has a problem
 * instead, so that it is reported with its number and the other rows are written. An
 * exception would end the step, and could show the content of the row.
 *
 * @param row the number of the row in its input, which must be the same after a restart
 * @param identity the identity, or {@code null} if the row cannot be read
 * @param problem the reason why the row cannot be read, without its content; {@code null}
 * if it can
 */
public record IdentityRow(long row, @Nullable CreateIdentity identity, @Nullable String problem) {

	/**
	 * Creates a row.
	 * @throws IllegalArgumentException unless the row has either an identity or a problem
	 */
	public IdentityRow {
		if ((identity == null) == (problem == null)) {
			throw new IllegalArgumentException("Row " + row + " must have either an identity or a problem");
		}
	}

	/**
	 * Creates a row with an identity.
	 * @param row the number of the row
	 * @param identity the identity
	 * @return the row
	 */
	public static IdentityRow of(long row, CreateIdentity identity) {
		return new IdentityRow(row, identity, null);
	}

	/**
	 * Creates a row that cannot be read.
	 * @param row the number of the row
	 * @param problem the reason, without the content of the row: it is logged and
	 * reported
	 * @return the row
	 */
	public static IdentityRow unreadable(long row, String problem) {
		return new IdentityRow(row, null, problem);
	}

	/**
	 * Does not show the identity.
	 */
	@Override
	public String toString() {
		return "IdentityRow[row=" + this.row + ", problem=" + this.problem + "]";
	}

}
