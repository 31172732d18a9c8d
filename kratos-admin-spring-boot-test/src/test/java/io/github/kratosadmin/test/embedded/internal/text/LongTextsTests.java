package io.github.kratosadmin.test.embedded.internal.text;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Parses very long texts. No regular expression may take minutes or overflow the stack.
 */
class LongTextsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static String repeat(String part) {
		return part.repeat(400_000 / part.length());
	}

	@ParameterizedTest
	@ValueSource(strings = { "1s", "1", "1.", ".", "-", "h", "1.5h" })
	void parsesLongDurationQuickly(String part) {
		assertTimeoutPreemptively(TIMEOUT, () -> GoDuration.parse(repeat(part)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "0", "-", "urn:uuid:", "{" })
	void parsesLongIdQuickly(String part) {
		assertTimeoutPreemptively(TIMEOUT, () -> Ids.parse(repeat(part)));
	}

}
