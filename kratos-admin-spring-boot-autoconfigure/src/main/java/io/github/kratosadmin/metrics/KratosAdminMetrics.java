package io.github.kratosadmin.metrics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.statistics.ClientStatistics;
import io.github.kratosadmin.statistics.ImportStatistics;
import io.github.kratosadmin.statistics.RetryReason;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Meters for the {@linkplain KratosAdmin#statistics() statistics} of clients: the
 * connections, the retries and the rows of imports. The tag {@code client.name} is the
 * name of the client. Clients with the same name share the meters, which then show the
 * sums. Clients without statistics have no meters. Neither have clients that fail when
 * the meters are bound, such as the proxy of a client in the scope of a request.
 */
public final class KratosAdminMetrics implements MeterBinder {

	private static final Log logger = LogFactory.getLog(KratosAdminMetrics.class);

	private static final String CLIENT_NAME = "client.name";

	private final List<KratosAdmin> clients;

	/**
	 * Creates the metrics of clients.
	 * @param clients the clients
	 */
	public KratosAdminMetrics(Collection<? extends KratosAdmin> clients) {
		this.clients = List.copyOf(clients);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Map<String, List<KratosAdmin>> clients = new LinkedHashMap<>();
		for (KratosAdmin client : this.clients) {
			String name = name(client);
			if (name != null) {
				clients.computeIfAbsent(name, (key) -> new ArrayList<>()).add(client);
			}
		}
		clients.forEach((name, sameName) -> new Binding(sameName, Tags.of(CLIENT_NAME, name), registry).bind());
	}

	/**
	 * Returns the name of a client, or {@code null} if it has none, for example as a
	 * mock.
	 */
	private static @Nullable String name(KratosAdmin client) {
		try {
			ClientStatistics statistics = client.statistics();
			return (statistics != null) ? statistics.clientName() : null;
		}
		catch (RuntimeException ex) {
			// Not the client, as the toString of a proxy may fail too.
			logger.debug("A " + client.getClass().getName() + " has no meters: " + ex.getClass().getName());
			return null;
		}
	}

	/**
	 * Binds the meters of the clients with one name.
	 *
	 * @param clients the clients
	 * @param tags the name of the clients
	 * @param registry the registry of the meters
	 */
	private record Binding(List<KratosAdmin> clients, Tags tags, MeterRegistry registry) {

		void bind() {
			bindConnections();
			for (RetryReason reason : RetryReason.values()) {
				counter("kratos.admin.retries", "Requests that were sent again", Tags.of("reason", reason.value()),
						(statistics) -> statistics.retries().getOrDefault(reason, 0L));
			}
			rows("created", ImportStatistics::created);
			rows("failed", ImportStatistics::failed);
			rows("unknown", ImportStatistics::unknown);
			rows("not_sent", ImportStatistics::notSent);
		}

		private void bindConnections() {
			String connections = "Open connections";
			gauge("kratos.admin.connections", connections, Tags.of("state", "leased"),
					(statistics) -> statistics.connections().leased());
			gauge("kratos.admin.connections", connections, Tags.of("state", "available"),
					(statistics) -> statistics.connections().available());
			gauge("kratos.admin.connections.pending", "Requests that wait for a connection", Tags.empty(),
					(statistics) -> statistics.connections().pending());
			gauge("kratos.admin.connections.max", "Maximum number of connections", Tags.empty(),
					(statistics) -> statistics.connections().maximum());
			counter("kratos.admin.connections.exhausted",
					"Requests that were not sent, as no connection was free in time", Tags.empty(),
					ClientStatistics::poolExhausted);
		}

		private void rows(String outcome, ToLongFunction<ImportStatistics> rows) {
			counter("kratos.admin.import.rows", "Rows of imports", Tags.of("outcome", outcome),
					(statistics) -> rows.applyAsLong(statistics.importRows()));
		}

		private void gauge(String name, String description, Tags tags, ToLongFunction<ClientStatistics> value) {
			Gauge.builder(name, () -> sum(value))
				.description(description)
				.tags(this.tags)
				.tags(tags)
				.register(this.registry);
		}

		private void counter(String name, String description, Tags tags, ToLongFunction<ClientStatistics> value) {
			// A weak reference, which lasts as long as the first client.
			FunctionCounter.builder(name, this.clients.get(0), (first) -> sum(value))
				.description(description)
				.tags(this.tags)
				.tags(tags)
				.register(this.registry);
		}

		private long sum(ToLongFunction<ClientStatistics> value) {
			return this.clients.stream().mapToLong((client) -> read(client, value)).sum();
		}

		/**
		 * Returns 0 if the client fails, so that the other meters can be read.
		 */
		private static long read(KratosAdmin client, ToLongFunction<ClientStatistics> value) {
			try {
				ClientStatistics statistics = client.statistics();
				return (statistics != null) ? value.applyAsLong(statistics) : 0;
			}
			catch (RuntimeException ex) {
				logger.debug("A " + client.getClass().getName() + " has no statistics: " + ex.getClass().getName());
				return 0;
			}
		}

	}

}
