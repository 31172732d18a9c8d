package com.example.artifacts;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the published lists of the jars that each module needs.
 */
class SbomTests {

	private static final DryRun DRY_RUN = DryRun.get();

	static Set<String> modules() {
		return DryRun.JARS.keySet();
	}

	@ParameterizedTest
	@MethodSource("modules")
	void isOfThisModule(String module) {
		JsonNode sbom = sbom(module);
		assertThat(sbom.path("bomFormat").asString()).isEqualTo("CycloneDX");
		JsonNode component = sbom.path("metadata").path("component");
		assertThat(name(component)).isEqualTo("io.github.kratosadmin:" + module);
		assertThat(component.path("version").asString()).isEqualTo(DryRun.VERSION);
		assertThat(components(module)).isNotEmpty().noneMatch((name) -> name.contains("junit-jupiter-engine"));
	}

	/**
	 * The build of the starter fails for a jar that is not in the table. This test fails
	 * for a row without a jar.
	 */
	@Test
	void jarsOfTheStarterAreThoseInTheDocumentation() {
		List<String> documented = DryRun.find(DryRun.read(DryRun.ROOT.resolve("docs/coexistence.md")),
				"(?m)^\\| `([\\w.-]+:[\\w.-]+)` \\|");
		assertThat(components("kratos-admin-spring-boot-starter")).containsExactlyInAnyOrderElementsOf(documented);
	}

	@Test
	void jarsInTheRelocatedHttpClientAreListed() {
		assertThat(components("kratos-admin-httpclient")).containsExactlyInAnyOrder(
				"org.apache.httpcomponents.client5:httpclient5", "org.apache.httpcomponents.core5:httpcore5",
				"org.apache.httpcomponents.core5:httpcore5-h2", "org.slf4j:slf4j-api");
	}

	private static List<String> components(String module) {
		return sbom(module).path("components").valueStream().map(SbomTests::name).toList();
	}

	private static String name(JsonNode component) {
		return component.path("group").asString() + ":" + component.path("name").asString();
	}

	private static JsonNode sbom(String module) {
		return JsonMapper.shared().readTree(DRY_RUN.files().get(module + "-" + DryRun.VERSION + "-cyclonedx.json"));
	}

}
