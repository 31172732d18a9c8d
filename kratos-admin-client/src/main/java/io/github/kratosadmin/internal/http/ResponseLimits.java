package io.github.kratosadmin.internal.http;

import org.springframework.util.unit.DataSize;

/**
 * How much of a response is read. A longer one is not from Kratos.
 *
 * @param size the size of the body
 * @param nesting how deep the JSON is nested
 */
public record ResponseLimits(DataSize size, int nesting) {

	/** More than any response has: pages of a thousand identities, metrics. */
	public static final DataSize MAX_SIZE = DataSize.ofMegabytes(64);

}
