package com.example.artifacts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the content of the published jars.
 */
class JarTests {

	private static final int JAVA_17 = 61;

	private static final DryRun DRY_RUN = DryRun.get();

	static Set<String> modules() {
		return DryRun.JARS.keySet();
	}

	@ParameterizedTest
	@MethodSource("modules")
	void everyJarHasTheLicense(String module) {
		String notice = DryRun.read(DryRun.ROOT.resolve(module.equals("kratos-admin-httpclient")
				? module + "/src/main/resources/META-INF/NOTICE" : "NOTICE"));
		for (Archive jar : jars(module)) {
			assertThat(jar.text("META-INF/LICENSE")).isEqualTo(DryRun.read(DryRun.ROOT.resolve("LICENSE")));
			assertThat(jar.text("META-INF/NOTICE")).isEqualTo(notice);
		}
	}

	@ParameterizedTest
	@MethodSource("modules")
	void manifestHasTheVersionAndTheModuleName(String module) throws Exception {
		Attributes manifest = DRY_RUN.jar(module).manifest();
		String pom = DryRun.read(DryRun.ROOT.resolve(module).resolve("pom.xml"));
		assertThat(manifest.getValue("Implementation-Title"))
			.isEqualTo(DryRun.find(pom, "<name>(.*)</name>").get(0));
		assertThat(manifest.getValue("Implementation-Version")).isEqualTo(DryRun.VERSION);
		assertThat(manifest.getValue("Automatic-Module-Name")).isEqualTo(DryRun.JARS.get(module));
	}

	@Test
	void noPackageIsInTwoJars() {
		Map<String, String> owners = new HashMap<>();
		for (String module : modules()) {
			Set<String> packages = DRY_RUN.jar(module)
				.types(".class")
				.stream()
				.map((type) -> type.substring(0, type.lastIndexOf('/')))
				.collect(Collectors.toSet());
			packages.forEach((name) -> assertThat(owners.put(name, module)).as(name).isNull());
		}
		assertThat(owners).hasSizeGreaterThan(50);
	}

	@ParameterizedTest
	@MethodSource("modules")
	void classesAreThoseOfTheSources(String module) {
		Set<String> sources = DRY_RUN.sources(module).types(".java");
		Path folder = DryRun.ROOT.resolve(module).resolve("src/main/java");
		assertThat(sources).isEqualTo(Files.exists(folder) ? DryRun.walk(folder)
			.stream()
			.map((file) -> folder.relativize(file).toString().replace('\\', '/').replace(".java", ""))
			.collect(Collectors.toSet()) : Set.of());
		assertThat(DRY_RUN.jar(module).types(".class"))
			.filteredOn((type) -> !type.startsWith("io/github/kratosadmin/internal/httpclient/"))
			.containsExactlyInAnyOrderElementsOf(sources);
	}

	@ParameterizedTest
	@MethodSource("modules")
	void classesRunOnTheOldestJava(String module) {
		DRY_RUN.jar(module).entries().forEach((name, content) -> {
			if (name.endsWith(".class")) {
				assertThat(ByteBuffer.wrap(content).getShort(6)).as(name).isLessThanOrEqualTo((short) JAVA_17);
			}
		});
	}

	@ParameterizedTest
	@MethodSource("modules")
	void noFileNamesAFolderOfTheBuild(String module) {
		List<String> folders = List.of(DryRun.ROOT.toString(), DRY_RUN.folder().toString());
		for (Archive jar : jars(module)) {
			jar.entries()
				.forEach((name, content) -> assertThat(new String(content, StandardCharsets.ISO_8859_1)).as(name)
					.doesNotContain(folders));
		}
	}

	@Test
	void javadocLinksToOtherDocumentation() {
		String pages = Stream.of("kratos-admin-client", "kratos-admin-spring-boot-autoconfigure")
			.flatMap((module) -> DRY_RUN.javadoc(module).entries().values().stream())
			.map((content) -> new String(content, StandardCharsets.UTF_8))
			.collect(Collectors.joining());
		assertThat(pages).contains("\"https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/lang/String.html",
				"\"https://docs.spring.io/spring-framework/docs/", "\"https://docs.spring.io/spring-boot/",
				"\"https://javadoc.io/doc/io.micrometer/micrometer-core/",
				"\"https://javadoc.io/doc/io.micrometer/micrometer-observation/");
	}

	@ParameterizedTest
	@MethodSource("modules")
	void javadocLeavesOutInternalPackages(String module) {
		assertThat(DRY_RUN.javadoc(module).entries().keySet())
			.filteredOn((name) -> name.contains("/internal/")).isEmpty();
	}

	@Test
	void jarsWithoutOwnCodeHaveAReadme() {
		for (String module : List.of("kratos-admin-httpclient", "kratos-admin-spring-boot-starter")) {
			assertThat(DRY_RUN.javadoc(module).text("META-INF/README.md")).startsWith("# Kratos Admin ");
			assertThat(DRY_RUN.sources(module).text("META-INF/README.md")).startsWith("# Kratos Admin ");
		}
	}

	private static List<Archive> jars(String module) {
		return List.of(DRY_RUN.jar(module), DRY_RUN.sources(module), DRY_RUN.javadoc(module));
	}

}
