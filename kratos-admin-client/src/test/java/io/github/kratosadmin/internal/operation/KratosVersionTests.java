package io.github.kratosadmin.internal.operation;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class KratosVersionTests {

	@ParameterizedTest
	@CsvSource({ "v0.6.3-alpha.1, 0.6", "v0.10.1, 0.10", "1.3.1, 1.3", "v26.2.0, 26.2", "v25.4.0-rc.1, 25.4",
			"v26.2, 26.2", "v26.2.4+abc, 26.2" })
	void parsesTheVersionsOfServers(String text, String version) {
		assertThat(KratosVersion.parse(text)).hasToString(version);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "master", "dev", "abcdef0", "v1", "1.x", "sha256:1.2", "v.1.2", "99999999.1" })
	void anyOtherTextIsNotAVersion(String text) {
		assertThat(KratosVersion.parse(text)).isNull();
	}

	@Test
	void aLaterPatchIsALaterVersion() {
		List<KratosVersion> versions = Stream
			.of("v26.2.0", "v26.2.1-next", "v26.2.5+abc", "v26.2.20260729120000", "v26.3.0")
			.map(KratosVersion::parse)
			.toList();
		assertThat(versions).isSorted().doesNotHaveDuplicates();
		assertThat(versions.subList(0, 4)).allMatch((version) -> version.hasSameMinor(versions.get(0)));
		assertThat(versions.get(4).hasSameMinor(versions.get(0))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "v26.2", "v26.2.0", "v26.2.0-rc.1", "v26.2.0+abc", "v26.2.0rc1", "26.2.x" })
	void aVersionWithoutAPatchIsTheRelease(String text) {
		assertThat(KratosVersion.parse(text)).isEqualTo(new KratosVersion(26, 2));
	}

	@Test
	void isOrderedByRelease() {
		List<KratosVersion> versions = Stream
			.of("v0.6.3", "v0.7.6", "v0.10.1", "v0.13.0", "v1.0.0", "v1.3.1", "v25.4.0", "v26.2.0")
			.map(KratosVersion::parse)
			.toList();
		assertThat(versions).isSorted();
	}

}
