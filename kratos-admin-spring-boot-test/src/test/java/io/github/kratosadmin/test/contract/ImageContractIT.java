package io.github.kratosadmin.test.contract;

import java.util.Map;

import io.github.kratosadmin.test.container.KratosContainer;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.builder.Transferable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the suite on a container with an image of Kratos, which it starts, with the empty
 * database of a system property or SQLite.
 */
@EnabledIfSystemProperty(named = "contract.image", matches = ".+",
		disabledReason = "no image of Kratos is given by -Dcontract.image")
class ImageContractIT extends NextContractSuite {

	private static final String DIRECTORY = "/etc/contract";

	@Override
	ContractTarget connect() {
		String image = System.getProperty("contract.image");
		assertThat(DockerClientFactory.instance().isDockerAvailable()).as("Docker is available to run %s", image)
			.isTrue();
		KratosContainer container = new KratosContainer(image).withConfiguration(ContractConfiguration.forVersion(image,
				Map.of("dsn", "memory", "admin-port", "4434", "public-port", "4433", "directory", DIRECTORY)));
		ContractConfiguration.SCHEMAS.forEach((schema) -> container
			.withCopyToContainer(Transferable.of(ContractConfiguration.resource(schema)), DIRECTORY + "/" + schema));
		String dsn = System.getProperty("contract.dsn", "");
		if (!dsn.isEmpty()) {
			container.withDsn(dsn);
		}
		container.start();
		return new ServerTarget(container.getAdminUrl(), container.getPublicUrl(), container::stop);
	}

}
