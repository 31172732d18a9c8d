package io.github.kratosadmin.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.kratosadmin.batch.RowOutcome.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code docs/batch.md} has each class of this module, and no others.
 */
class DocumentationTests {

	private static final Path SOURCES = Path.of("src/main/java/io/github/kratosadmin/batch");

	private final String document = read(Path.of("../docs/batch.md"));

	@Test
	void eachReaderAndWriterIsDocumented() throws IOException {
		try (Stream<Path> files = Files.list(SOURCES)) {
			List<String> names = files.map((file) -> file.getFileName().toString().replace(".java", "")).toList();
			assertThat(names).filteredOn((name) -> name.matches("Kratos.*(Reader|Writer|Partitioner|Mapper)"))
				.hasSizeGreaterThan(8)
				.allSatisfy((name) -> assertThat(this.document).contains("`" + name));
			assertThat(Pattern.compile("`((Kratos|Identity)\\w+|RowOutcome\\w*)")
				.matcher(this.document)
				.results()
				.map((name) -> name.group(1))).isSubsetOf(names);
		}
	}

	@Test
	void eachOutcomeIsDocumented() {
		assertThat(this.document.lines()
			.filter((line) -> line.matches("\\| `[A-Z_]+` \\|.*"))
			.map((line) -> line.replaceAll("\\| `([A-Z_]+)` .*", "$1")))
			.containsExactly(Stream.of(Outcome.values()).map(Outcome::name).toArray(String[]::new));
	}

	@Test
	void eachMaximumIsThatOfTheCode() {
		assertThat(this.document).contains(String.format(Locale.ROOT, "up to %d minutes, and up to %d times",
				RequestPace.MAX_WAIT.toMinutes(), RequestPace.MAX_REPEATS));
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
