package com.example.artifacts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests which files a release publishes, and their poms.
 */
class PublishedFilesTests {

	private static final DryRun DRY_RUN = DryRun.get();

	static Set<String> modules() {
		Set<String> modules = new TreeSet<>(DryRun.JARS.keySet());
		modules.addAll(List.of("kratos-admin-bom", "kratos-admin-parent"));
		return modules;
	}

	@Test
	void publishesTheseFilesOnly() {
		Set<String> expected = new TreeSet<>(Set.of("kratos-admin-" + DryRun.VERSION + ".pom"));
		for (String module : modules()) {
			expected.add(module + "-" + DryRun.VERSION + ".pom");
		}
		for (String module : DryRun.JARS.keySet()) {
			for (String end : List.of(".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json")) {
				expected.add(module + "-" + DryRun.VERSION + end);
			}
		}
		assertThat(DRY_RUN.files().keySet()).containsExactlyElementsOf(expected);
	}

	@Test
	void bomHasEveryJar() {
		assertThat(DRY_RUN.pom("kratos-admin-bom").find("/project/dependencyManagement/dependencies/*/artifactId"))
			.containsExactlyInAnyOrderElementsOf(DryRun.JARS.keySet());
	}

	@ParameterizedTest
	@ValueSource(strings = { "name", "description", "url", "licenses/license/name", "licenses/license/url",
			"developers/developer/name", "scm/connection", "scm/developerConnection", "scm/url" })
	void rootHasWhatMavenCentralRequires(String element) {
		assertThat(DRY_RUN.pom("kratos-admin").find("/project/" + element)).singleElement().asString().isNotBlank();
	}

	@ParameterizedTest
	@MethodSource("modules")
	void everyModuleHasANameAndADescription(String module) {
		assertThat(DRY_RUN.pom(module).find("/project/name")).singleElement().asString().isNotBlank();
		assertThat(DRY_RUN.pom(module).find("/project/description")).singleElement().asString().isNotBlank();
	}

	@ParameterizedTest
	@MethodSource("modules")
	void everyModuleInheritsTheRest(String module) {
		assertThat(DRY_RUN.pom(module).find("/project/parent/artifactId")).singleElement()
			.isIn("kratos-admin", "kratos-admin-parent");
		assertThat(DRY_RUN.pom(module).find("/project/url | /project/licenses | /project/developers | /project/scm"))
			.isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "@child.project.url.inherit.append.path", "scm/@child.scm.connection.inherit.append.path",
			"scm/@child.scm.developerConnection.inherit.append.path", "scm/@child.scm.url.inherit.append.path" })
	void modulesHaveTheUrlsOfTheRoot(String attribute) {
		assertThat(DRY_RUN.pom("kratos-admin").find("/project/" + attribute)).containsExactly("false");
	}

	@Test
	@EnabledIfSystemProperty(named = "dry-run.again", matches = ".+",
			disabledReason = "There is no second dry run to compare with.")
	void anotherBuildHasTheSameBytes() throws Exception {
		DryRun again = new DryRun(Path.of(System.getProperty("dry-run.again")));
		assertThat(again.folder()).isNotEqualTo(DRY_RUN.folder());
		assertThat(again.files().keySet()).isEqualTo(DRY_RUN.files().keySet());
		List<String> different = new ArrayList<>();
		for (String name : again.files().keySet()) {
			if (Files.mismatch(DRY_RUN.files().get(name), again.files().get(name)) >= 0) {
				different.add(name);
			}
		}
		assertThat(different).isEmpty();
	}

}
