package io.github.kratosadmin.test.container;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.utility.DockerImageName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for a {@link KratosContainer} before its start.
 */
class KratosContainerTests {

	@ParameterizedTest
	@ValueSource(strings = { "v0.6.3-alpha.1-sqlite", "v0.13.0", "v1.3.1", "v26.2.0", "v26.2.0-distroless", "v1.3",
			"latest", "v1" })
	void acceptsSupportedVersions(String tag) {
		assertThatCode(() -> new KratosContainer("oryd/kratos:" + tag)).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@ValueSource(strings = { "v0.5.5-alpha.1-sqlite", "v0.5" })
	void refusesOlderVersions(String tag) {
		assertThatIllegalArgumentException().isThrownBy(() -> new KratosContainer("oryd/kratos:" + tag))
			.withMessageContaining("0.6")
			.withMessageContaining(tag);
	}

	@Test
	void refusesOtherImages() {
		assertThatIllegalStateException().isThrownBy(() -> new KratosContainer("oryd/hydra:v26.2.0"));
	}

	@Test
	void acceptsCompatibleSubstitute() {
		DockerImageName image = DockerImageName.parse("images.example.test/kratos:v26.2.0")
			.asCompatibleSubstituteFor("oryd/kratos");
		assertThatCode(() -> new KratosContainer(image)).doesNotThrowAnyException();
	}

	@Test
	void sendsNoTelemetry() {
		assertThat(new KratosContainer().getEnvMap()).containsEntry("SQA_OPT_OUT", "true");
	}

	@Test
	void publishesBothPorts() {
		assertThat(new KratosContainer().getExposedPorts()).containsExactlyInAnyOrder(4433, 4434);
	}

	@Test
	void refusesSqliteFile() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new KratosContainer().withDsn("sqlite:///var/lib/sqlite/db.sqlite"))
			.withMessageContaining("database server");
	}

	@Test
	void cannotBeReused() {
		try (KratosContainer container = new KratosContainer()) {
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> container.withReuse(true))
				.withMessageContaining("Share one between the tests");
			assertThat(container.withReuse(false).isShouldBeReused()).isFalse();
		}
	}

}
