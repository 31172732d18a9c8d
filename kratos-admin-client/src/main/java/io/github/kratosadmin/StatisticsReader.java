package io.github.kratosadmin;

import io.github.kratosadmin.internal.http.PrefixFinder;
import io.github.kratosadmin.internal.operation.ClientCounters;
import io.github.kratosadmin.statistics.ClientStatistics;
import io.github.kratosadmin.statistics.ConnectionStatistics;
import org.jspecify.annotations.Nullable;

/**
 * Reads the statistics of a client.
 */
class StatisticsReader {

	private final String clientName;

	private final int maxConnections;

	private final PrefixFinder prefix;

	private final ClientCounters counters;

	/**
	 * Creates a reader.
	 * @param clientName the name of the client
	 * @param maxConnections the maximum number of connections
	 * @param prefix knows the path prefix
	 * @param counters the counters
	 */
	StatisticsReader(String clientName, int maxConnections, PrefixFinder prefix, ClientCounters counters) {
		this.clientName = clientName;
		this.maxConnections = maxConnections;
		this.prefix = prefix;
		this.counters = counters;
	}

	ClientCounters counters() {
		return this.counters;
	}

	/**
	 * Reads the statistics.
	 * @param connections the connections, or {@code null} if none has been needed yet
	 */
	ClientStatistics read(@Nullable ConnectionStatistics connections) {
		return new ClientStatistics(this.clientName, this.prefix.prefix(),
				(connections != null) ? connections : new ConnectionStatistics(0, 0, 0, this.maxConnections),
				this.counters.poolExhaustedCount(), this.counters.retries(), this.counters.importRows());
	}

}
