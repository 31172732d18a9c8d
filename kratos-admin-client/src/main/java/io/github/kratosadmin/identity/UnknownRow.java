package io.github.kratosadmin.identity;

import java.time.Instant;

import io.github.kratosadmin.internal.json.KratosJson;

/**
 * A row of an import whose outcome is not known, with what
 * {@link io.github.kratosadmin.KratosAdmin#resolveUnknown(UnknownRow)} needs to find out.
 * An import returns it in {@link ImportResult#unknown()}. If the application has crashed,
 * create it from the same input, with the times of the start of the import and of the
 * crash.
 *
 * @param row the number of the row, counted from 0
 * @param identity the identity that was sent
 * @param sentFrom the time before it was sent, by the clock of this application
 * @param sentUntil the time at which the request had failed
 */
public record UnknownRow(long row, CreateIdentity identity, Instant sentFrom, Instant sentUntil) {

	/**
	 * Creates an instance.
	 * @throws IllegalArgumentException if the identity or a time is {@code null}, or the
	 * times are in the wrong order
	 */
	public UnknownRow {
		KratosJson.required(identity, "identity");
		KratosJson.required(sentFrom, "sentFrom");
		KratosJson.required(sentUntil, "sentUntil");
		if (sentUntil.isBefore(sentFrom)) {
			throw new IllegalArgumentException(
					"sentUntil must not be before sentFrom, but was " + sentUntil + ", before " + sentFrom);
		}
	}

	/**
	 * Does not show personal data.
	 */
	@Override
	public String toString() {
		return "UnknownRow[row=" + this.row + ", sentFrom=" + this.sentFrom + ", sentUntil=" + this.sentUntil + "]";
	}

}
