package io.github.kratosadmin.test.embedded.internal.text;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GoDuration}.
 */
class GoDurationTests {

	@ParameterizedTest
	@CsvSource({ "1h, PT1H", "90m, PT1H30M", "1h30m5s, PT1H30M5S", "1.5h, PT1H30M", "300ms, PT0.3S", "2us, PT0.000002S",
			"2\u00b5s, PT0.000002S", "7ns, PT0.000000007S", "-1h, PT-1H", "+1h, PT1H", "0, PT0S", ".5s, PT0.5S",
			"-0, PT0S", "1.s, PT1S" })
	void parsesDurations(String text, Duration expected) {
		assertThat(GoDuration.parse(text)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "soon", "1", "1d", "1h ", "h", "--1h", "-", "1h1", "1.h.s", "9999999h" })
	void refusesOtherTexts(String text) {
		assertThat(GoDuration.parse(text)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "PT0S, 0s", "PT-1H, -1h0m0s", "PT-1H-30M-5S, -1h30m5s", "PT-90S, -1m30s", "PT-1.5S, -1.5s",
			"PT-0.3S, -300ms", "PT2H, 2h0m0s" })
	void formatsDurations(Duration duration, String expected) {
		assertThat(GoDuration.format(duration)).isEqualTo(expected);
	}

}
