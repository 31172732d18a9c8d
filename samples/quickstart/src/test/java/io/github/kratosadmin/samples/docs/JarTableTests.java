package io.github.kratosadmin.samples.docs;

import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the documented jars of the starter are those that its build allows. That
 * each of them comes in is tested on what a release publishes, in consumers/artifacts.
 */
class JarTableTests {

	@Test
	void everyAllowedJarIsExplained() {
		String pom = Document.read(Document.ROOT.resolve("kratos-admin-spring-boot-starter/pom.xml"));
		assertThat(Document.of("docs/coexistence.md").table("| jar | maintainer | purpose |"))
			.allSatisfy((row) -> assertThat(row).hasSize(3).doesNotContain(""))
			.extracting((row) -> Document.code(row.get(0)).get(0))
			.isEqualTo(Document.find(pom, Pattern.compile("<include>(.*)</include>")));
	}

}
