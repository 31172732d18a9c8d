package io.github.kratosadmin.docker.compose;

import io.github.kratosadmin.autoconfigure.KratosAdminConnectionDetails;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;

/**
 * {@link DockerComposeConnectionDetailsFactory} to create
 * {@link KratosAdminConnectionDetails} for a {@code kratos} service.
 */
class KratosDockerComposeConnectionDetailsFactory
		extends DockerComposeConnectionDetailsFactory<KratosAdminConnectionDetails> {

	private static final int PUBLIC_PORT = 4433;

	private static final int ADMIN_PORT = 4434;

	KratosDockerComposeConnectionDetailsFactory() {
		super("oryd/kratos", "io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration");
	}

	static KratosAdminConnectionDetails connectionDetails(RunningService service) {
		return new KratosDockerComposeConnectionDetails(service);
	}

	/**
	 * Ignores services without a published port, such as the migration and the courier,
	 * and those for a client with a name.
	 */
	@Override
	protected @Nullable KratosAdminConnectionDetails getDockerComposeConnectionDetails(
			DockerComposeConnectionSource source) {
		RunningService service = source.getRunningService();
		return (service.ports().getAll().isEmpty()
				|| KratosDockerComposeClientsApplicationListener.isForNamedClient(service)) ? null
						: connectionDetails(service);
	}

	/**
	 * {@link KratosAdminConnectionDetails} backed by a {@code kratos}
	 * {@link RunningService}.
	 */
	private static final class KratosDockerComposeConnectionDetails extends DockerComposeConnectionDetails
			implements KratosAdminConnectionDetails {

		private final String baseUrl;

		private final @Nullable String publicUrl;

		private KratosDockerComposeConnectionDetails(RunningService service) {
			super(service);
			this.baseUrl = url(service, service.ports().get(ADMIN_PORT));
			this.publicUrl = publicUrl(service);
		}

		private static @Nullable String publicUrl(RunningService service) {
			try {
				return url(service, service.ports().get(PUBLIC_PORT));
			}
			catch (IllegalStateException ex) {
				// The port is not published. The client follows redirects to the public
				// API.
				return null;
			}
		}

		private static String url(RunningService service, int port) {
			return "http://" + service.host() + ":" + port;
		}

		@Override
		public String getBaseUrl() {
			return this.baseUrl;
		}

		@Override
		public @Nullable String getPublicUrl() {
			return this.publicUrl;
		}

	}

}
