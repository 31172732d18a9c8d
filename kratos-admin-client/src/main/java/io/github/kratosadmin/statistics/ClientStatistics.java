package io.github.kratosadmin.statistics;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The counters of a client since it was built, and the state of its connections when the
 * statistics were read. Later calls do not change them.
 *
 * @param clientName the name of the client
 * @param pathPrefix the path prefix of the admin API, such as {@code /admin}, empty for
 * none; {@code null} while it is neither configured nor detected
 * @param connections the connections
 * @param poolExhausted the number of requests that were not sent, because no connection
 * was free in time
 * @param retries the number of retries for each reason, 0 for a reason without retries
 * @param importRows the rows of imports
 */
public record ClientStatistics(String clientName, @Nullable String pathPrefix, ConnectionStatistics connections,
		long poolExhausted, Map<RetryReason, Long> retries, ImportStatistics importRows) {

	/**
	 * Creates statistics.
	 */
	public ClientStatistics {
		retries = Map.copyOf(retries);
	}

}
