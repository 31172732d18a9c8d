package com.example.plain;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.EmbeddedKratosExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the program with its own class path. The tests have more classes than it has, such
 * as those of Spring Boot.
 */
class ReportTests {

	@RegisterExtension
	static EmbeddedKratosExtension embedded = new EmbeddedKratosExtension();

	@TempDir
	private Path folder;

	@Test
	void printsTheVersionAndTheIdentities() throws Exception {
		EmbeddedKratos kratos = embedded.kratos();
		List<String> expected = new ArrayList<>(List.of("ready", kratos.era().version()));
		try (KratosAdmin client = KratosAdmin.builder().baseUrl(kratos.adminUrl().toString()).build()) {
			for (String email : List.of("alice@example.test", "bob@example.test")) {
				CreateIdentity identity = CreateIdentity.builder().traits(Map.of("email", email)).build();
				expected.add(client.identities().createIdentity(identity).id());
			}
		}
		assertThat(run(kratos.adminUrl().toString())).containsExactlyInAnyOrderElementsOf(expected);
	}

	private List<String> run(String url) throws IOException, InterruptedException {
		Path output = this.folder.resolve("output");
		Path errors = this.folder.resolve("errors");
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		String classPath = "target/classes" + File.pathSeparator
				+ Files.readString(Path.of("target/runtime.classpath"));
		Process process = new ProcessBuilder(java, "-classpath", classPath, Report.class.getName(), url)
			.redirectOutput(output.toFile())
			.redirectError(errors.toFile())
			.start();
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(() -> read(errors)).isZero();
		return Files.readAllLines(output);
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

}
