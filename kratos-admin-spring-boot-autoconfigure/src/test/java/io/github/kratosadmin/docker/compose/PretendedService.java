package io.github.kratosadmin.docker.compose;

import java.util.List;
import java.util.Map;

import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;

/**
 * A {@link RunningService} that does not run.
 *
 * @param published the host ports by the port of the container
 */
record PretendedService(String name, ImageReference image, Map<String, String> labels,
		Map<Integer, Integer> published) implements RunningService, ConnectionPorts {

	@Override
	public String host() {
		return "docker.example.test";
	}

	@Override
	public ConnectionPorts ports() {
		return this;
	}

	@Override
	public Map<String, String> env() {
		return Map.of();
	}

	@Override
	public int get(int containerPort) {
		if (!this.published.containsKey(containerPort)) {
			throw new IllegalStateException("No host port mapping found for container port " + containerPort);
		}
		return this.published.get(containerPort);
	}

	@Override
	public List<Integer> getAll() {
		return List.copyOf(this.published.values());
	}

	@Override
	public List<Integer> getAll(String protocol) {
		return getAll();
	}

}
