package io.github.kratosadmin.samples.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests the security of the workflows of GitHub Actions, that they test the versions in
 * the documents, and that Dependabot updates everything. The syntax is checked by
 * actionlint in {@code .ci/run}.
 */
class WorkflowTests {

	private static final Path FOLDER = Document.ROOT.resolve(".github/workflows");

	@ParameterizedTest
	@MethodSource("workflows")
	void everyActionIsPinnedToACommit(Path workflow) {
		assertThat(Document.read(workflow).lines().filter((line) -> line.contains("uses:"))).isNotEmpty()
			.allMatch((line) -> line.matches(".* uses: [\\w-]+(/[\\w-]+)+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"));
	}

	@ParameterizedTest
	@MethodSource("workflows")
	void noCommandHasAnExpression(Path workflow) {
		// Its value could come from outside, and would be run.
		assertThat(commands(workflow)).isNotEmpty().noneMatch((command) -> command.contains("${{"));
	}

	@ParameterizedTest
	@MethodSource("workflows")
	void everyJobHasALimitAndReadsOnlyTheContentByDefault(Path workflow) {
		assertThat(load(workflow)).containsEntry("permissions", Map.of("contents", "read"));
		assertThat(jobs(workflow)).isNotEmpty().allSatisfy((job) -> assertThat(job).containsKey("timeout-minutes"));
	}

	@ParameterizedTest
	@MethodSource("workflows")
	void everyNameInACommandExists(Path workflow) {
		commands(workflow).forEach(Commands::assertThatNamesExist);
	}

	@Test
	void buildTestsTheSupportedVersions() {
		String pom = Document.read(Document.ROOT.resolve("pom.xml"));
		assumeThat(pom).as("supported versions, no milestone").doesNotContainPattern("<spring-boot.version>[\\d.]+-");
		List<String> springBoot = Document.find(pom, Pattern.compile("<spring-boot.version>(\\d+\\.\\d+)"));
		assertThat(matrix("build.yml", "verify").get("spring-boot"))
			.asInstanceOf(InstanceOfAssertFactories.list(String.class))
			.containsExactlyInAnyOrderElementsOf(springBoot);
		List<List<String>> supported = Document.of("SUPPORT.md").table("| of | supported | for how long |");
		assertThat(row(supported, "Spring Boot")).contains(springBoot);
		assertThat(Document.of("SUPPORT.md").text()).contains("Java 17, 21 and 25");
		assertThat(matrix("build.yml", "verify").get("java")).isEqualTo(List.of("17", "21", "25"));
		assertThat(Document.of("README.md").text()).contains("Kratos " + row(supported, "Kratos"));
	}

	@Test
	void contractSuiteRunsOnTheTestedVersions() {
		String tested = Document.of("docs/versions.md").text().split("## Tested versions")[1];
		List<String> versions = Document.find(tested.split("with SQLite")[0], Pattern.compile("(v\\d[\\w.-]*\\w)"));
		Collection<?> images = (Collection<?>) matrix("contract.yml", "contract").get("kratos");
		assertThat(images).map((image) -> image.toString().replace("-sqlite", "")).isEqualTo(versions);
	}

	@Test
	void dependabotUpdatesEveryProjectOutsideOfTheBuild() {
		Path consumers = Document.ROOT.resolve("consumers");
		assertThat(updates().flatMap((update) -> directories(update).stream()))
			.filteredOn((directory) -> directory.startsWith("/consumers/"))
			.containsExactlyInAnyOrderElementsOf(Document.files("pom.xml")
				.stream()
				.map(Path::getParent)
				.filter((folder) -> folder.startsWith(consumers) && !folder.equals(consumers))
				.map((folder) -> "/" + Document.ROOT.relativize(folder).toString().replace('\\', '/'))
				.toList());
	}

	@Test
	void dependabotKeepsTheOldestSpringBoot() {
		assertThat(updates().filter((update) -> directories(update).contains("/consumers/boot-4.0"))).singleElement()
			.extracting("ignore", InstanceOfAssertFactories.LIST)
			.contains(Map.of("dependency-name", "org.springframework.boot:*", "update-types",
					List.of("version-update:semver-major", "version-update:semver-minor")));
	}

	private static Stream<Map<String, Object>> updates() {
		Collection<?> updates = (Collection<?>) load(Document.ROOT.resolve(".github/dependabot.yml")).get("updates");
		return updates.stream().map(WorkflowTests::map);
	}

	@SuppressWarnings("unchecked")
	private static List<String> directories(Map<String, Object> update) {
		return (List<String>) update.getOrDefault("directories", List.of(update.getOrDefault("directory", "")));
	}

	static List<Path> workflows() {
		return Document.list(FOLDER);
	}

	private static String row(List<List<String>> table, String name) {
		return table.stream().filter((row) -> row.get(0).equals(name)).findFirst().orElseThrow().get(1);
	}

	private static Map<String, Object> matrix(String workflow, String job) {
		Map<String, Object> jobs = map(load(FOLDER.resolve(workflow)).get("jobs"));
		return map(map(map(jobs.get(job)).get("strategy")).get("matrix"));
	}

	private static List<String> commands(Path workflow) {
		List<String> commands = new ArrayList<>();
		for (Map<String, Object> job : jobs(workflow)) {
			for (Object step : (Collection<?>) job.get("steps")) {
				if (map(step).get("run") instanceof String command) {
					commands.add(command.replaceAll("\\\\\n\\s*", ""));
				}
			}
		}
		return commands;
	}

	private static List<Map<String, Object>> jobs(Path workflow) {
		return map(load(workflow).get("jobs")).values().stream().map(WorkflowTests::map).toList();
	}

	private static Map<String, Object> load(Path workflow) {
		return map(new Yaml().load(Document.read(workflow)));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> map(Object value) {
		return (Map<String, Object>) value;
	}

}
