package com.example.accounts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the client is from the dry run of a release. A client that was installed
 * before would hide the faults of the dry run.
 */
class DryRunTests {

	@Test
	void clientIsFromTheDryRun() throws Exception {
		Path client = Path.of(KratosAdmin.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		try (Stream<Path> files = Files.walk(Path.of(System.getProperty("dry-run.directory")))) {
			assertThat(files.filter((file) -> file.toString().endsWith(".jar")))
				.as("jars of the dry run, one with the bytes of %s", client)
				.anySatisfy((jar) -> assertThat(jar).hasSameBinaryContentAs(client));
		}
	}

}
