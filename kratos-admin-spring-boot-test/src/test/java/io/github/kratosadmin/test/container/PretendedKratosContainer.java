package io.github.kratosadmin.test.container;

import org.testcontainers.utility.DockerImageName;

/**
 * A container that only pretends to start.
 */
class PretendedKratosContainer extends KratosContainer {

	private final int difference;

	private int starts;

	PretendedKratosContainer() {
		this(10000);
	}

	/**
	 * Creates a container.
	 * @param difference the difference between a host port and that of the container
	 */
	PretendedKratosContainer(int difference) {
		super(DockerImageName.parse("images.example.test/auth:v26.2.0").asCompatibleSubstituteFor("oryd/kratos"));
		this.difference = difference;
	}

	int starts() {
		return this.starts;
	}

	@Override
	public boolean isRunning() {
		return this.starts > 0;
	}

	@Override
	public void start() {
		if (!isRunning()) {
			this.starts++;
		}
	}

	@Override
	public String getHost() {
		return "docker.example.test";
	}

	@Override
	public Integer getMappedPort(int originalPort) {
		if (!isRunning()) {
			throw new IllegalStateException("Mapped port can only be obtained after the container is started");
		}
		return originalPort + this.difference;
	}

}
