package io.github.kratosadmin.samples.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the scripts of the workflows.
 */
class ScriptTests {

	private static final String CHANGELOG = """
			# Changelog

			All changes.

			## 0.3.0 (unreleased)

			- Not yet.

			## 0.2.0 (2026-01-31)

			### Client

			- A long entry about the
			  [Client](docs/client.md), in lines.
			- See [Maven](https://maven.apache.org).

			A paragraph
			in lines.

			## 0.2.0-RC1

			## 0.1.0

			- The first.
			""";

	@TempDir
	private Path folder;

	@Test
	void releaseNotesAreTheSectionOfTheVersion() throws Exception {
		assertThat(releaseNotes("0.2.0")).isEqualTo(new Result(0, """
				### Client

				- A long entry about the [Client](https://example.test/docs/client.md), in lines.
				- See [Maven](https://maven.apache.org).

				A paragraph in lines.
				"""));
		assertThat(releaseNotes("0.1.0")).isEqualTo(new Result(0, "- The first.\n"));
	}

	@ParameterizedTest
	@CsvSource({ "0.3.0,The changelog says that 0.3.0 is unreleased.",
			"0.2.0-RC1,The changelog says nothing about 0.2.0-RC1.", "0.2,The changelog says nothing about 0.2.",
			"0.4.0,The changelog says nothing about 0.4.0." })
	void releaseNotesRequireASection(String version, String message) throws Exception {
		assertThat(releaseNotes(version)).isEqualTo(new Result(1, message + "\n"));
	}

	private Result releaseNotes(String version) throws Exception {
		Path changelog = Files.writeString(this.folder.resolve("CHANGELOG.md"), CHANGELOG);
		return run("ReleaseNotes.java", changelog.toString(), version, "https://example.test/");
	}

	@Test
	void contractSummaryHasARowForEachRun() throws Exception {
		addRun("v0.11.1-SQLite", "v0.11.1\nSQLite\n", null);
		addRun("v0.6.3-SQLite", "v0.6.3\nSQLite\n", """
				<testsuite time="12.3" tests="3" errors="0" skipped="1" failures="0"/>
				""");
		addRun("v1.3.1-MySQL", "v1.3.1\nMySQL\n", """
				<testsuite time="4.5" tests="4" errors="1" skipped="0" failures="1">
					<testcase name="passes"/>
					<testcase name="fails"><failure message="no"/></testcase>
					<testcase name="breaks"><error/></testcase>
				</testsuite>
				""");
		addRun("v1.3.1-PostgreSQL", "v1.3.1\nPostgreSQL\n", """
				<testsuite time="0" tests="1" errors="0" skipped="1" failures="0"/>
				""");
		assertThat(run("ContractSummary.java", this.folder.toString())).isEqualTo(new Result(0, """
				| Kratos | database | result | tests | failed | skipped | seconds |
				|---|---|---|---|---|---|---|
				| v0.6.3 | SQLite | passed | 3 | 0 | 1 | 12.3 |
				| v0.11.1 | SQLite | did not run | | | | |
				| v1.3.1 | MySQL | failed | 4 | 2 | 0 | 4.5 |
				| v1.3.1 | PostgreSQL | did not run | 1 | 0 | 1 | 0 |

				**v1.3.1, MySQL**

				- `fails`
				- `breaks`
				"""));
	}

	private void addRun(String name, String text, String report) throws IOException {
		Path run = Files.createDirectory(this.folder.resolve(name));
		Files.writeString(run.resolve("contract.txt"), text);
		if (report != null) {
			Path reports = Files.createDirectories(run.resolve("target/failsafe-reports"));
			Files.writeString(reports.resolve("TEST-x.ImageContractIT.xml"), report);
		}
	}

	private static Result run(String script, String... arguments) throws Exception {
		List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
				Document.ROOT.resolve(".github/scripts").resolve(script).toString()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		// With these variables, the JVM prints a line of its own.
		builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
		Process process = builder.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return new Result(process.waitFor(), output.replace("\r\n", "\n"));
	}

	private record Result(int status, String output) {

	}

}
