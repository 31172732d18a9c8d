package io.github.kratosadmin.internal.http;

import org.springframework.util.unit.DataSize;

/**
 * How much of an answer is read. What is more is no answer of Kratos's.
 *
 * @param size the size of the body
 * @param nesting how deep the JSON is nested
 */
public record ReadLimits(DataSize size, int nesting) {

	/** More than any answer has: pages of a thousand identities, metrics. */
	public static final DataSize MAX_SIZE = DataSize.ofMegabytes(64);

}
