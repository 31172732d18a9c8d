package io.github.kratosadmin.test.embedded.internal.schema;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import com.networknt.schema.SchemaContext;
import com.networknt.schema.format.Format;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.StringNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Tests for {@link SchemaFormats}.
 */
class SchemaFormatsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	@ParameterizedTest
	@CsvFileSource(resources = "/formats.csv", delimiter = '|', quoteCharacter = '`')
	void checksFormatsAsKratosDoes(String format, String good, String bad) {
		Format known = SchemaFormats.ALL.stream()
			.filter((candidate) -> candidate.getName().equals(format))
			.findFirst()
			.orElseThrow();
		assertThat(known.matches(null, (SchemaContext) null, StringNode.valueOf(good))).as(good).isTrue();
		assertThat(known.matches(null, (SchemaContext) null, StringNode.valueOf(bad))).as(bad).isFalse();
	}

	static Stream<Format> formats() {
		return SchemaFormats.ALL.stream().filter((format) -> !format.getName().equals("regex"));
	}

	/**
	 * No regular expression may take minutes or overflow the stack.
	 */
	@ParameterizedTest
	@MethodSource("formats")
	void checksLongTextsQuickly(Format format) {
		for (String start : List.of("", "/", "a@", "\"", "http://", "http://a/", "2026-01-01T00:00:00.", "+49")) {
			for (String part : List.of("a", "1", ".", "-", "/", "~0", "~", "{", "}", "{a}", "%41", "%", ":", "@", " ",
					"é", "\\\\")) {
				assertTimeoutPreemptively(TIMEOUT, () -> format.matches(null, null,
						StringNode.valueOf(start + part.repeat(400_000 / part.length()))), format.getName());
			}
		}
	}

}
