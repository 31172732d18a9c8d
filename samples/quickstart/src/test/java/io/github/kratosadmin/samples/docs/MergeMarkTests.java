package io.github.kratosadmin.samples.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no document contains the marks of an unfinished merge.
 */
class MergeMarkTests {

	private static final Pattern MARK = Pattern.compile("(?m)^ *(<{7}|\\|{7}|={7}|>{7})( .*)?$");

	@ParameterizedTest
	@MethodSource
	void noDocumentHasAMergeMark(Path document) {
		assertThat(Document.read(document)).as(document.toString()).doesNotContainPattern(MARK);
	}

	static List<Path> noDocumentHasAMergeMark() {
		return Document.files(".md");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<<<<<<< HEAD", "||||||| 1a2b3c4", "=======", ">>>>>>> main", "  >>>>>>>" })
	void everyMarkIsFound(String mark) {
		assertThat("before\n" + mark + "\nafter\n").containsPattern(MARK);
	}

	@Test
	void aTableOrALineIsNoMark() {
		assertThat("|---|---|\n==========\na <<<<<<< b\n").doesNotContainPattern(MARK);
	}

}
