package io.github.kratosadmin.samples.docs;

import java.nio.file.Files;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The names in commands of documents and workflows.
 */
final class Commands {

	private Commands() {
	}

	/**
	 * Asserts that the profiles, modules, tests, jars and files in commands exist.
	 */
	static void assertThatNamesExist(String commands) {
		String poms = Document.files("pom.xml").stream().map(Document::read).collect(Collectors.joining("\n"));
		names(commands, " -P([\\w,-]+)").forEach((profile) -> assertThat(poms).contains("<id>" + profile + "</id>"));
		names(commands, " -pl ([\\w,/-]+)").forEach((module) -> assertThat(poms).contains("<module>" + module + "<"));
		names(commands, " -Dtest='?([\\w,]+)")
			.forEach((test) -> assertThat(Document.files("/" + test + ".java")).as(test).isNotEmpty());
		names(commands, " -jar [\\w/]*?([\\w-]+)-0.1.0-SNAPSHOT\\.jar")
			.forEach((artifact) -> assertThat(poms).contains("<artifactId>" + artifact + "</artifactId>"));
		names(commands, "(?:bash|java|-f) ([\\w./-]*/[\\w./-]+)")
			.forEach((file) -> assertThat(Files.exists(Document.ROOT.resolve(file))).as(file).isTrue());
	}

	private static Stream<String> names(String commands, String pattern) {
		return Document.find(commands, Pattern.compile(pattern))
			.stream()
			.flatMap((names) -> Stream.of(names.split(",")));
	}

}
