package io.github.kratosadmin.samples.docs;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the length, the commands and the links of the README.
 */
class ReadmeTests {

	private static final int MAX_BYTES = 8 * 1024;

	private static final Document README = Document.of("README.md");

	@Test
	void isOnePage() {
		assertThat(README.text().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(MAX_BYTES);
	}

	@Test
	void hasTheCommandsOfCi() {
		assertThat(README.text()).contains("<!-- run command -->\n```shell\nmvn spring-boot:test-run\n```\n")
			.contains("<!-- test command -->\n```shell\nmvn verify\n```\n");
	}

	@Test
	void linksToEveryPageOfTheDocs() {
		assertThat(README.links()).containsAll(
				Document.all().stream().map(Document::path).filter((path) -> path.startsWith("docs/")).toList());
	}

}
