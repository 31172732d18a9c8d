package io.github.kratosadmin.samples.readme;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the README against the code: its Java examples stand in sources that are compiled
 * and tested, its tables name what there is.
 */
class ReadmeTests {

	private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

	static final String README = read(ROOT.resolve("README.md"));

	@ParameterizedTest
	@MethodSource
	void everyJavaExampleStandsInTheSamplesSources(String example) {
		assertThat(sources()).anyMatch((source) -> source.contains(normalize(example)));
	}

	static List<String> everyJavaExampleStandsInTheSamplesSources() {
		return examples("java");
	}

	@Test
	void everyJavaExampleSaysWhereItStandsWithItsImports() {
		Matcher example = Pattern.compile("(?s)```java\n(.*?)```\n(\n\\S*.*?)\n\n").matcher(README);
		int examples = 0;
		while (example.find()) {
			assertThat(example.group(2)).as("after this example:\n" + example.group(1))
				.matches("\nWith imports: \\[`\\w+`]\\(samples/.*\\.java\\)");
			Path source = ROOT.resolve(find(example.group(2), "\\((.*)\\)").get(0));
			assertThat(normalize(read(source))).contains(normalize(example.group(1)));
			examples++;
		}
		assertThat(examples).isEqualTo(examples("java").size());
	}

	@ParameterizedTest
	@MethodSource
	void everyLinkToAFileLeadsToOne(String link) {
		assertThat(ROOT.resolve(link)).exists();
	}

	static List<String> everyLinkToAFileLeadsToOne() {
		return find(README, "\\]\\((?!https?:|#)([^)#]*)[^)]*\\)").stream().distinct().toList();
	}

	@ParameterizedTest
	@MethodSource
	void everyDependencyIsAModule(String example) {
		String artifactId = find(example, "<artifactId>(.*)</artifactId>").get(0);
		String module = read(ROOT.resolve(artifactId).resolve("pom.xml"));
		assertThat(module).contains("<artifactId>" + artifactId + "</artifactId>")
			.contains("<version>" + find(example, "<version>(.*)</version>").get(0) + "</version>");
	}

	static List<String> everyDependencyIsAModule() {
		return examples("xml");
	}

	@ParameterizedTest
	@MethodSource
	void everyYamlExampleIsTheSamplesConfiguration(String example) {
		assertThat(Stream.of(Path.of("src/main/resources/application.yml"),
				ROOT.resolve("samples/testcontainers/compose.yaml")))
			.anyMatch((file) -> normalize(read(file)).contains(normalize(example)));
	}

	static List<String> everyYamlExampleIsTheSamplesConfiguration() {
		return examples("yaml");
	}

	@Test
	void thePropertyTableIsTheMetadata() throws IOException {
		assertThat(propertyTable()).isEqualTo(propertyMetadata());
	}

	private static Map<String, String> propertyTable() {
		Map<String, String> table = new TreeMap<>();
		Matcher row = Pattern.compile("(?m)^\\| `((?:kratos|management)\\.[^`]*)` \\| (.*?) ?\\| (.*) \\|$")
			.matcher(README);
		while (row.find()) {
			table.put(row.group(1).replace(".*", ""), (row.group(2) + " " + row.group(3)).replace("`", "").strip());
		}
		return table;
	}

	private static Map<String, String> propertyMetadata() throws IOException {
		Map<String, String> properties = new TreeMap<>();
		for (var file : Collections
			.list(ReadmeTests.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream json = file.openStream()) {
				for (JsonNode property : JsonMapper.shared().readTree(json).path("properties")) {
					String name = property.path("name").asString();
					if (name.startsWith("kratos.") || name.startsWith("management.health.kratos.")) {
						JsonNode byDefault = property.path("defaultValue");
						String value = byDefault.isArray()
								? byDefault.valueStream().map(JsonNode::asString).collect(Collectors.joining(","))
								: byDefault.asString("");
						properties.put(name,
								(value + " " + property.path("description").asString().replace("'", "")).strip());
					}
				}
			}
		}
		return properties;
	}

	private static List<String> examples(String language) {
		return find(README, "(?s)```" + language + "\n(.*?)```");
	}

	private static List<String> find(String text, String pattern) {
		List<String> found = new ArrayList<>();
		Matcher matcher = Pattern.compile(pattern).matcher(text);
		while (matcher.find()) {
			found.add(matcher.group(1));
		}
		return found;
	}

	static List<String> sources() {
		try (Stream<Path> files = Files.walk(ROOT.resolve("samples"))) {
			return files.filter((file) -> file.toString().endsWith(".java"))
				.map((file) -> normalize(read(file)))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String normalize(String text) {
		return text.lines().map(String::strip).filter((line) -> !line.isEmpty()).collect(Collectors.joining("\n"));
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
