package io.github.kratosadmin.info;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.statistics.ClientStatistics;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * {@link InfoContributor} that exposes the name of the client, the path prefix of the
 * admin API and the version of Kratos as {@code kratos}. With several clients,
 * {@code kratos} has an entry for each.
 * <p>
 * The version is requested at most every 10 seconds, on another thread. A response of the
 * endpoint waits at most 200 milliseconds for it, and then has the last known version.
 * Nothing is exposed until the version is known. Failures are logged at DEBUG.
 */
public class KratosInfoContributor implements InfoContributor {

	private static final Duration TIMEOUT = Duration.ofMillis(200);

	private static final Duration INTERVAL = Duration.ofSeconds(10);

	private final Map<String, Client> clients = new LinkedHashMap<>();

	private final boolean single;

	/**
	 * Creates a contributor for a single client.
	 * @param kratos the client
	 */
	public KratosInfoContributor(KratosAdmin kratos) {
		this(Map.of("kratos", kratos), true);
	}

	/**
	 * Creates a contributor for several clients.
	 * @param clients the clients, by the name of their entry
	 */
	public KratosInfoContributor(Map<String, KratosAdmin> clients) {
		this(clients, false);
	}

	private KratosInfoContributor(Map<String, KratosAdmin> clients, boolean single) {
		clients.forEach((name, client) -> this.clients.put(name, new Client(client)));
		this.single = single;
	}

	@Override
	public void contribute(Info.Builder builder) {
		long start = System.nanoTime();
		this.clients.values().forEach((client) -> client.version.start());
		Map<String, Object> entries = new LinkedHashMap<>();
		this.clients.forEach((name, client) -> {
			Map<String, String> entry = client.entry(TIMEOUT.minusNanos(System.nanoTime() - start));
			if (entry != null) {
				entries.put(name, entry);
			}
		});
		if (!entries.isEmpty()) {
			builder.withDetail("kratos", this.single ? entries.values().iterator().next() : entries);
		}
	}

	private static final class Client {

		private final KratosAdmin kratos;

		private final VersionLookup version;

		Client(KratosAdmin kratos) {
			this.kratos = kratos;
			this.version = new VersionLookup(() -> kratos.metadata().getVersion().version(), INTERVAL);
		}

		@Nullable Map<String, String> entry(Duration timeout) {
			String version = this.version.get(timeout);
			if (version == null) {
				return null;
			}
			Map<String, String> entry = new LinkedHashMap<>();
			ClientStatistics client = this.kratos.statistics();
			if (client != null) {
				entry.put("name", client.clientName());
				if (client.pathPrefix() != null) {
					entry.put("pathPrefix", client.pathPrefix());
				}
			}
			entry.put("version", version);
			return entry;
		}

	}

}
