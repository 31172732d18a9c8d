package io.github.kratosadmin.info;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.statistics.ClientStatistics;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * {@link InfoContributor} that exposes the name of the client, the path prefix of the
 * admin API and the version of Kratos as {@code kratos}.
 * <p>
 * The version is requested at most every 10 seconds, on another thread. A response of the
 * endpoint waits at most 200 milliseconds for it, and then has the last known version.
 * Nothing is exposed until the version is known. Failures are logged at DEBUG.
 */
public class KratosInfoContributor implements InfoContributor {

	private static final Duration TIMEOUT = Duration.ofMillis(200);

	private static final Duration INTERVAL = Duration.ofSeconds(10);

	private final KratosAdmin kratos;

	private final VersionLookup version;

	/**
	 * Creates a contributor.
	 * @param kratos the client
	 */
	public KratosInfoContributor(KratosAdmin kratos) {
		this.kratos = kratos;
		this.version = new VersionLookup(() -> kratos.metadata().getVersion().version(), INTERVAL);
	}

	@Override
	public void contribute(Info.Builder builder) {
		String version = this.version.get(TIMEOUT);
		if (version == null) {
			return;
		}
		Map<String, String> details = new LinkedHashMap<>();
		ClientStatistics client = this.kratos.statistics();
		if (client != null) {
			details.put("name", client.clientName());
			if (client.pathPrefix() != null) {
				details.put("pathPrefix", client.pathPrefix());
			}
		}
		details.put("version", version);
		builder.withDetail("kratos", details);
	}

}
