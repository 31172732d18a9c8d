package io.github.kratosadmin.test.container;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ImageVersionTests {

	@ParameterizedTest
	@CsvSource({ "v0.6.3-alpha.1-sqlite,0,6", "v0.10.1,0,10", "v1.3,1,3", "26.2.0,26,2", "v26.2.0-distroless,26,2",
			"v26.2.1-next,26,2" })
	void readsVersionOfTag(String tag, int major, int minor) {
		assertThat(ImageVersion.ofTag(tag)).isEqualTo(new ImageVersion(major, minor));
	}

	@ParameterizedTest
	@ValueSource(strings = { "latest", "master", "v1", "sha256:12ab", "main-1.2", "99999999999.1" })
	void treatsTagWithoutVersionAsNewest(String tag) {
		assertThat(ImageVersion.ofTag(tag).isAtLeast(26, 2)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "0.8,false", "0.9,true", "0.10,true", "1.0,true", "0.89,true" })
	void comparesVersions(String tag, boolean atLeast) {
		assertThat(ImageVersion.ofTag(tag).isAtLeast(0, 9)).isEqualTo(atLeast);
	}

}
