package io.github.kratosadmin.docker.compose;

import java.util.Map;

import io.github.kratosadmin.autoconfigure.KratosAdminConnectionDetails;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactories;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link KratosDockerComposeConnectionDetailsFactory}, called by Spring Boot.
 */
class KratosDockerComposeConnectionDetailsFactoryTests {

	private static final Map<Integer, Integer> BOTH_PORTS = Map.of(4433, 32001, 4434, 32002);

	@ParameterizedTest
	@ValueSource(strings = { "oryd/kratos", "oryd/kratos:v26.2.0", "docker.io/oryd/kratos:v0.6.3-alpha.1-sqlite",
			"registry.example.test:5000/oryd/kratos:v1.3.1" })
	void connectsToAServiceOfTheImage(String image) {
		KratosAdminConnectionDetails details = connect(image, Map.of(), BOTH_PORTS);
		assertThat(details.getBaseUrl()).isEqualTo("http://docker.example.test:32002");
		assertThat(details.getPublicUrl()).isEqualTo("http://docker.example.test:32001");
		assertThat(details.getPathPrefix()).isNull();
		assertThat(details.getBearerToken()).isNull();
	}

	@Test
	void connectsToAServiceWithTheLabel() {
		KratosAdminConnectionDetails details = connect("registry.example.test/auth:1",
				Map.of("org.springframework.boot.service-connection", "oryd/kratos"), BOTH_PORTS);
		assertThat(details.getBaseUrl()).isEqualTo("http://docker.example.test:32002");
	}

	@Test
	void hasNoPublicUrlIfThePublicPortIsNotPublished() {
		KratosAdminConnectionDetails details = connect("oryd/kratos", Map.of(), Map.of(4434, 32002));
		assertThat(details.getBaseUrl()).isEqualTo("http://docker.example.test:32002");
		assertThat(details.getPublicUrl()).isNull();
	}

	@Test
	void ignoresAServiceWithoutPublishedPorts() {
		assertThat(connect("oryd/kratos", Map.of(), Map.of())).isNull();
	}

	@Test
	void failsIfTheAdminPortIsNotPublished() {
		assertThatIllegalStateException().isThrownBy(() -> connect("oryd/kratos", Map.of(), Map.of(4433, 32001)))
			.withMessageContaining("4434");
	}

	@Test
	void ignoresOtherImages() {
		assertThat(connect("oryd/hydra", Map.of(), BOTH_PORTS)).isNull();
	}

	@Test
	void ignoresAServiceWithTheLabelOfAnotherImage() {
		assertThat(connect("oryd/kratos", Map.of("org.springframework.boot.service-connection", "other"), BOTH_PORTS))
			.isNull();
	}

	@Test
	void leavesAServiceForAClientWithANameToTheListener() {
		assertThat(connect("oryd/kratos", Map.of("io.github.kratosadmin.client", "staff"), BOTH_PORTS)).isNull();
	}

	private static KratosAdminConnectionDetails connect(String image, Map<String, String> labels,
			Map<Integer, Integer> ports) {
		DockerComposeConnectionSource source = mock(DockerComposeConnectionSource.class);
		given(source.getRunningService())
			.willReturn(new PretendedService("kratos", ImageReference.of(image), labels, ports));
		Map<Class<?>, ConnectionDetails> details = new ConnectionDetailsFactories(null).getConnectionDetails(source,
				false);
		return (KratosAdminConnectionDetails) details.get(KratosAdminConnectionDetails.class);
	}

}
