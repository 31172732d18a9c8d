package io.github.kratosadmin.test.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.kratosadmin.KratosAdmin;
import org.awaitility.Awaitility;

import org.springframework.util.FileSystemUtils;

/**
 * A {@code kratos} program on loopback, with the configuration of the recorded servers
 * and a SQLite file of its own.
 */
final class KratosProcess implements AutoCloseable {

	private static final Duration START_TIMEOUT = Duration.ofMinutes(1);

	private final Path directory = Files.createTempDirectory("kratos");

	private final int adminPort = freePort();

	private final int publicPort = freePort();

	private Process process;

	private KratosProcess() throws IOException {
	}

	static KratosProcess start(String program) throws IOException, InterruptedException {
		KratosProcess kratos = new KratosProcess();
		try {
			String version = kratos.output(program, "version");
			kratos.configure(version.contains("v0.6.") ? "kratos-0.6.yml" : "kratos.yml");
			kratos.output(program, "migrate", "sql", "-e", "--yes", "-c", "kratos.yml");
			kratos.process = kratos.run(program, "serve", "--dev", "-c", "kratos.yml");
			kratos.awaitReadiness();
			return kratos;
		}
		catch (IOException | InterruptedException | RuntimeException | AssertionError ex) {
			kratos.close();
			throw ex;
		}
	}

	private void configure(String configuration) throws IOException {
		for (String schema : List.of("person.schema.json", "customer.schema.json")) {
			Files.writeString(this.directory.resolve(schema), resource("/" + schema));
		}
		Files.writeString(this.directory.resolve("kratos.yml"),
				resource("/" + configuration).replace("${dsn}", dsn())
					.replace("${admin-port}", String.valueOf(this.adminPort))
					.replace("${public-port}", String.valueOf(this.publicPort))
					.replace("${directory}", this.directory.toString()));
	}

	private String dsn() {
		return "sqlite://" + this.directory.resolve("kratos.sqlite") + "?_fk=true";
	}

	private static String resource(String name) throws IOException {
		try (InputStream resource = KratosProcess.class.getResourceAsStream(name)) {
			return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private String output(String... command) throws IOException, InterruptedException {
		Process process = run(command);
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (process.waitFor() != 0) {
			throw new IllegalStateException(String.join(" ", command) + " failed: " + output);
		}
		return output;
	}

	private Process run(String... command) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true);
		if (command[1].equals("serve")) {
			builder.redirectOutput(log().toFile());
		}
		builder.environment().put("SQA_OPT_OUT", "true");
		builder.environment().put("DSN", dsn());
		return builder.start();
	}

	private Path log() {
		return this.directory.resolve("kratos.log");
	}

	private void awaitReadiness() throws IOException {
		try (KratosAdmin kratos = KratosAdmin.builder().baseUrl(adminUrl()).build()) {
			Awaitility.await()
				.atMost(START_TIMEOUT)
				.ignoreExceptions()
				.failFast("kratos ended: " + Files.readString(log()), () -> !this.process.isAlive())
				.until(() -> kratos.metadata().isReady().ready());
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	String adminUrl() {
		return "http://127.0.0.1:" + this.adminPort;
	}

	String publicUrl() {
		return "http://127.0.0.1:" + this.publicPort;
	}

	@Override
	public void close() {
		try {
			if (this.process != null) {
				this.process.destroy();
				if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
					this.process.destroyForcibly();
				}
			}
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
