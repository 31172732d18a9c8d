package io.github.kratosadmin.test.scale;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the client in its own JVM with a small heap.
 */
class ManyIdentitiesTests {

	private static final int COUNT = 100_000;

	@Test
	@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void importsAndExportsHundredThousandIdentitiesWith256MegabytesOfHeap() throws Exception {
		try (EmbeddedKratos kratos = EmbeddedKratos.start()) {
			Process client = new ProcessBuilder(java(), "-Xmx256m", "-cp", System.getProperty("java.class.path"),
					ManyIdentities.class.getName(), kratos.adminUrl().toString(), String.valueOf(COUNT))
				.redirectErrorStream(true)
				.start();
			try {
				String output = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
				assertThat(client.waitFor()).as(output).isZero();
				// Some garbage collectors do not count a part of the heap.
				assertThat(output)
					.containsPattern("imported and exported " + COUNT + " with a heap of (2[0-4]\\d|25[0-6]) MB");
			}
			finally {
				client.destroyForcibly();
			}
		}
	}

	private static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java" + (File.separatorChar == '\\' ? ".exe" : ""))
			.toString();
	}

}
