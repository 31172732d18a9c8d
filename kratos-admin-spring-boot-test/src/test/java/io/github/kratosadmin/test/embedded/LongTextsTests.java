package io.github.kratosadmin.test.embedded;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import com.networknt.schema.format.Format;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.StringNode;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Feeds what reads texts with expressions the longest of them: none takes minutes, or
 * more of the stack than there is.
 */
class LongTextsTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private static String repeat(String part) {
		return part.repeat(400_000 / part.length());
	}

	static Stream<Format> formats() {
		return SchemaFormats.ALL.stream().filter((format) -> !format.getName().equals("regex"));
	}

	@ParameterizedTest
	@MethodSource("formats")
	void formats(Format format) {
		for (String start : List.of("", "/", "a@", "\"", "http://", "http://a/", "2026-01-01T00:00:00.", "+49")) {
			for (String part : List.of("a", "1", ".", "-", "/", "~0", "~", "{", "}", "{a}", "%41", "%", ":", "@", " ",
					"é", "\\\\")) {
				assertTimeoutPreemptively(SOON,
						() -> format.matches(null, null, StringNode.valueOf(start + repeat(part))), format.getName());
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "1s", "1", "1.", ".", "-", "h", "1.5h" })
	void durations(String part) {
		assertTimeoutPreemptively(SOON, () -> GoDuration.parse(repeat(part)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "0", "-", "urn:uuid:", "{" })
	void ids(String part) {
		assertTimeoutPreemptively(SOON, () -> Ids.parse(repeat(part)));
	}

}
