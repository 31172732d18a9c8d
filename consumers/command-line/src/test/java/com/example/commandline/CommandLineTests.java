package com.example.commandline;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.test.embedded.EmbeddedKratosExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the program with its own class path. The tests have more classes than it has: the
 * test dependencies also bring Spring Boot.
 */
class CommandLineTests {

	@RegisterExtension
	static EmbeddedKratosExtension embedded = new EmbeddedKratosExtension();

	@TempDir
	private Path folder;

	@Test
	void countsTheIdentities() throws Exception {
		String url = embedded.kratos().adminUrl().toString();
		try (KratosAdmin client = KratosAdmin.builder().baseUrl(url).build()) {
			for (String email : List.of("alice@example.test", "bob@example.test")) {
				client.identities().createIdentity(CreateIdentity.builder().traits(Map.of("email", email)).build());
			}
		}
		Path output = this.folder.resolve("output");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-classpath",
				"target/classes" + File.pathSeparator + Files.readString(Path.of("target/runtime.classpath")),
				CommandLineApplication.class.getName(), "--kratos.admin.base-url=" + url)
			.redirectOutput(output.toFile())
			.redirectErrorStream(true)
			.start();
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(Files.readString(output)).contains("identities: 2");
		assertThat(process.exitValue()).isZero();
	}

}
