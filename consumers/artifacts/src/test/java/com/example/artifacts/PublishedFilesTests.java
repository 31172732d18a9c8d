package com.example.artifacts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests which files a release publishes, and their poms.
 */
class PublishedFilesTests {

	private static final DryRun DRY_RUN = DryRun.get();

	@Test
	void publishesTheseFilesOnly() {
		Set<String> expected = new TreeSet<>();
		for (String module : List.of("kratos-admin", "kratos-admin-bom", "kratos-admin-parent")) {
			expected.add(module + "-" + DryRun.VERSION + ".pom");
		}
		for (String module : DryRun.JARS.keySet()) {
			for (String end : List.of(".pom", ".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json")) {
				expected.add(module + "-" + DryRun.VERSION + end);
			}
		}
		assertThat(DRY_RUN.files().keySet()).containsExactlyElementsOf(expected);
	}

	@Test
	void bomHasEveryJar() {
		assertThat(DryRun.find(pom("kratos-admin-bom"), "<artifactId>(.*)</artifactId>\\s+<version>\\$"))
			.containsExactlyInAnyOrderElementsOf(DryRun.JARS.keySet());
	}

	@Test
	void pomsHaveWhatMavenCentralRequires() {
		String root = pom("kratos-admin");
		assertThat(root).contains("<name>", "<description>", "<licenses>", "<developers>", "<scm ", "<connection>")
			.containsPattern("(?s)</description>.*<url>.*<licenses>");
		assertThat(root).as("the modules have the same URLs")
			.contains("child.project.url.inherit.append.path=\"false\"",
					"child.scm.connection.inherit.append.path=\"false\"",
					"child.scm.developerConnection.inherit.append.path=\"false\"",
					"child.scm.url.inherit.append.path=\"false\"");
		for (String module : DryRun.JARS.keySet()) {
			assertThat(pom(module)).contains("<name>", "<description>").doesNotContain("<url>", "<scm");
		}
	}

	private static String pom(String module) {
		return DryRun.read(DRY_RUN.files().get(module + "-" + DryRun.VERSION + ".pom"));
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
