package io.github.kratosadmin.samples.docs;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.metrics.KratosAdminMetrics;
import io.github.kratosadmin.observation.DefaultKratosAdminObservationConvention;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the classes, packages, tests, properties and meters in the documents exist.
 */
class NameTests {

	/** Names from other projects. */
	private static final Set<String> OTHERS = Set.of("RestClient", "Link");

	private static final String OBSERVATION = new DefaultKratosAdminObservationConvention().getName();

	private static final Set<String> CLASSES = Document.files(".java")
		.stream()
		.map((file) -> file.getFileName().toString().replace(".java", ""))
		.collect(Collectors.toSet());

	@ParameterizedTest
	@MethodSource("documents")
	void everyExceptionAndTestExists(Document document) {
		assertThat(
				Document.find(document.text(), Pattern.compile("(?<![\\w-])(Kratos\\w+Exception|[A-Z]\\w*Tests)\\b")))
			.allSatisfy((name) -> assertThat(CLASSES.contains(name)).as(name).isTrue());
	}

	@ParameterizedTest
	@MethodSource("documents")
	void everyPropertyAndMeterExists(Document document) {
		Set<String> properties = PropertyTableTests.metadata().keySet();
		Set<String> meters = meters();
		for (String name : Document.find(document.text(), Pattern.compile("`(kratos\\.admin\\.[\\w.-]*\\w)"))) {
			assertThat(properties).as("%s in %s", name, document)
				.anyMatch((property) -> name.equals(property) || name.startsWith(property + ".")
						|| name.equals(OBSERVATION) || meters.contains(name));
		}
	}

	private static Set<String> meters() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		try (KratosAdmin kratos = KratosAdmin.builder().build()) {
			new KratosAdminMetrics(List.of(kratos)).bindTo(registry);
		}
		return registry.getMeters().stream().map((meter) -> meter.getId().getName()).collect(Collectors.toSet());
	}

	@Test
	void everyMeterIsInTheTable() {
		assertThat(Document.of("docs/observability.md").table("| meter | other tags | meaning |"))
			.extracting((row) -> Document.code(row.get(0)).get(0))
			.containsExactlyInAnyOrderElementsOf(meters());
	}

	@Test
	void everyNameInTheArchitectureExists() {
		Document architecture = Document.of("docs/architecture.md");
		Set<String> packages = Document.files("package-info.java")
			.stream()
			.map((file) -> Document.ROOT.relativize(file.getParent()).toString().replace('/', '.'))
			.filter((name) -> name.contains(".main.java."))
			.map((name) -> name.replaceFirst(".*\\.main\\.java\\.io\\.github\\.kratosadmin\\.?", ""))
			.collect(Collectors.toSet());
		List<String> names = Document.code(architecture.withoutSnippets());
		assertThat(names).filteredOn((name) -> name.matches("[A-Z][a-z]\\w+"))
			.hasSizeGreaterThan(30)
			.filteredOn((name) -> !OTHERS.contains(name))
			.allSatisfy((name) -> assertThat(CLASSES.contains(name)).as(name).isTrue());
		assertThat(names).filteredOn((name) -> name.matches("(internal|test|autoconfigure)\\.[a-z.]+"))
			.hasSizeGreaterThan(20)
			.allSatisfy((name) -> assertThat(packages).contains(name));
		assertThat(packages).filteredOn((name) -> name.contains("internal."))
			.allSatisfy((name) -> assertThat(names).contains(name));
		for (List<String> row : architecture.table("| question | package | class |")) {
			String folder = "/io/github/kratosadmin/" + Document.code(row.get(1)).get(0).replace('.', '/') + "/";
			assertThat(Document.files("/" + Document.code(row.get(2)).get(0) + ".java")).as(row.get(0))
				.anyMatch((file) -> file.toString().contains(folder));
		}
		assertThat(architecture.table("| module | holds |")).extracting((row) -> Document.code(row.get(0)).get(0))
			.containsExactlyInAnyOrderElementsOf(Document.find(Document.read(Document.ROOT.resolve("pom.xml")),
					Pattern.compile("<module>(.*)</module>")));
	}

	/** Leaves out the changelog, which also has earlier names. */
	static List<Document> documents() {
		return Document.all().stream().filter((document) -> !document.path().equals("CHANGELOG.md")).toList();
	}

}
