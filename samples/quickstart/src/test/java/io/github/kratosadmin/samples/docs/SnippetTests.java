package io.github.kratosadmin.samples.docs;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.kratosadmin.samples.docs.Document.Snippet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that every snippet in the documents is in a compiled and tested file, and that
 * the names in it exist.
 */
class SnippetTests {

	private static final Pattern SOURCE = Pattern.compile("^\nFull source: \\[`(\\w+)`]\\(([^)]*\\.java)\\)\n");

	@Test
	void everyLanguageIsChecked() {
		assertThat(Document.all())
			.allSatisfy((document) -> assertThat(Document.find(document.text(), Pattern.compile("(?m)^ *```(\\w+)$")))
				.as(document.path())
				.isSubsetOf("java", "xml", "kotlin", "yaml", "shell", "mermaid"));
	}

	@ParameterizedTest
	@MethodSource
	void everyJavaSnippetLinksToItsSource(Snippet snippet) {
		Matcher source = SOURCE.matcher(snippet.rest().substring(1));
		assertThat(source.lookingAt()).as("a link to the source after\n" + snippet.code()).isTrue();
		assertThat(source.group(2)).endsWith("/" + source.group(1) + ".java");
		String code = Document.read(snippet.document().folder().resolve(source.group(2)));
		assertThat(Document.normalize(code)).contains(snippet.normalized());
	}

	static List<Snippet> everyJavaSnippetLinksToItsSource() {
		return snippets("java");
	}

	@ParameterizedTest
	@MethodSource
	void everyDependencyIsAModule(Snippet snippet) {
		String code = snippet.normalized();
		Matcher coordinates = Pattern
			.compile("<artifactId>(.*)</artifactId>\n<version>(.*)</version>|:([\\w-]+):([^\"]*)\"")
			.matcher(code);
		assertThat(coordinates.find()).isTrue();
		boolean maven = coordinates.group(1) != null;
		String artifactId = coordinates.group(maven ? 1 : 3);
		assertThat(Document.read(Document.ROOT.resolve(artifactId).resolve("pom.xml")))
			.contains("<artifactId>" + artifactId + "</artifactId>")
			.contains("<version>" + coordinates.group(maven ? 2 : 4) + "</version>");
		assertThat(code).contains("io.github.kratosadmin");
	}

	static List<Snippet> everyDependencyIsAModule() {
		return Stream.of("xml", "kotlin").flatMap((language) -> snippets(language).stream()).toList();
	}

	@ParameterizedTest
	@MethodSource("everyDependencyIsAModule")
	void everyDependencyIsThatOfAConsumer(Snippet snippet) {
		assertThat(Stream.of("/pom.xml", "/build.gradle.kts").flatMap((name) -> Document.files(name).stream()))
			.filteredOn((file) -> file.startsWith(Document.ROOT.resolve("consumers")))
			.anyMatch((file) -> Document.normalize(Document.read(file)).contains(snippet.normalized()));
	}

	@ParameterizedTest
	@MethodSource
	void everyYamlSnippetIsInASample(Snippet snippet) {
		assertThat(Document.files("ml")).filteredOn((file) -> file.startsWith(Document.ROOT.resolve("samples")))
			.anyMatch((file) -> Document.normalize(Document.read(file)).contains(snippet.normalized()));
	}

	static List<Snippet> everyYamlSnippetIsInASample() {
		return snippets("yaml");
	}

	@ParameterizedTest
	@MethodSource
	void everyNameInACommandExists(Snippet snippet) {
		Commands.assertThatNamesExist(snippet.code());
		assertThat(snippet.normalized().lines()).allMatch((line) -> line.matches("(mvn|bash|java|git|echo) .*"));
	}

	static List<Snippet> everyNameInACommandExists() {
		return snippets("shell");
	}

	private static List<Snippet> snippets(String language) {
		return Document.all().stream().flatMap((document) -> document.snippets(language).stream()).toList();
	}

}
