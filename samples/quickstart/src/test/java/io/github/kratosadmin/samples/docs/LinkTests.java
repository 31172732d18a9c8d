package io.github.kratosadmin.samples.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that every relative link in the documents leads to a file or a heading.
 */
class LinkTests {

	@ParameterizedTest
	@MethodSource("io.github.kratosadmin.samples.docs.Document#all")
	void everyRelativeLinkLeadsToAFileAndAHeading(Document document) {
		for (String link : document.links()) {
			if (!link.matches("https?:.*")) {
				check(document, link);
			}
		}
	}

	private static void check(Document document, String link) {
		String[] parts = link.split("#", 2);
		Path file = parts[0].isEmpty() ? Document.ROOT.resolve(document.path())
				: document.folder().resolve(parts[0]).normalize();
		assertThat(Files.exists(file)).as("%s links to %s", document, link).isTrue();
		if (parts.length > 1) {
			Document target = Document.of(Document.ROOT.relativize(file).toString());
			assertThat(target.anchors()).as("%s links to %s", document, link).contains(parts[1]);
		}
	}

	@Test
	void createsTheAnchorsOfGitHub() {
		Document document = new Document("x.md",
				"# A `code` heading, with: punctuation!\n\n## Twice\n\n## Twice\n\n```shell\n# no heading\n```\n");
		assertThat(document.anchors()).isEqualTo(List.of("a-code-heading-with-punctuation", "twice", "twice-1"));
	}

}
