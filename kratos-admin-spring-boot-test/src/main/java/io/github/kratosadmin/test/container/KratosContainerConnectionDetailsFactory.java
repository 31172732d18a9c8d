package io.github.kratosadmin.test.container;

import io.github.kratosadmin.autoconfigure.KratosAdminConnectionDetails;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.GenericContainer;

import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;

/**
 * {@link ContainerConnectionDetailsFactory} to create
 * {@link KratosAdminConnectionDetails} from a
 * {@link ServiceConnection @ServiceConnection}-annotated {@link KratosContainer}, or
 * {@link GenericContainer} using the {@code "oryd/kratos"} image.
 */
class KratosContainerConnectionDetailsFactory
		extends ContainerConnectionDetailsFactory<Container<?>, KratosAdminConnectionDetails> {

	KratosContainerConnectionDetailsFactory() {
		super("oryd/kratos", "io.github.kratosadmin.autoconfigure.KratosAdminAutoConfiguration");
	}

	/**
	 * Accepts a {@link KratosContainer} with any image name. The name is unknown if a
	 * bean method declares the container.
	 */
	@Override
	protected boolean sourceAccepts(ContainerConnectionSource<Container<?>> source, Class<?> requiredContainerType,
			Class<?> requiredConnectionDetailsType) {
		return super.sourceAccepts(source, requiredContainerType, requiredConnectionDetailsType)
				|| source.accepts(ANY_CONNECTION_NAME, KratosContainer.class, requiredConnectionDetailsType);
	}

	@Override
	protected KratosAdminConnectionDetails getContainerConnectionDetails(
			ContainerConnectionSource<Container<?>> source) {
		return new KratosContainerConnectionDetails(source);
	}

	/**
	 * {@link KratosAdminConnectionDetails} backed by a {@link ContainerConnectionSource}.
	 */
	private static final class KratosContainerConnectionDetails extends ContainerConnectionDetails<Container<?>>
			implements KratosAdminConnectionDetails {

		private KratosContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
			super(source);
		}

		@Override
		public String getBaseUrl() {
			return url(KratosContainer.ADMIN_PORT);
		}

		@Override
		public @Nullable String getPublicUrl() {
			return (getContainer().getExposedPorts().contains(KratosContainer.PUBLIC_PORT))
					? url(KratosContainer.PUBLIC_PORT) : null;
		}

		private String url(int port) {
			return "http://" + getContainer().getHost() + ":" + getContainer().getMappedPort(port);
		}

	}

}
