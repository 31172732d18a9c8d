package io.github.kratosadmin.test.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import org.springframework.util.FileSystemUtils;

/**
 * A {@code kratos} process on loopback, with the configuration of the recorded servers
 * and its own SQLite file.
 */
final class KratosProcess implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofMinutes(2);

	/**
	 * The environment variables that the process inherits. Others could override the
	 * configuration, such as {@code SERVE_ADMIN_PORT}.
	 */
	private static final Set<String> ENVIRONMENT = Set.of("PATH", "HOME", "TMPDIR", "SystemRoot", "TEMP");

	private static final int ATTEMPTS = 3;

	private final Path directory = Files.createTempDirectory("kratos");

	private final Path program;

	private int adminPort;

	private int publicPort;

	private Process process;

	private KratosProcess(Path program) throws IOException {
		this.program = program;
	}

	/**
	 * Starts a process and waits until both APIs respond.
	 * @throws IllegalStateException with the output of the process if it does not start
	 */
	static KratosProcess start(String program) throws IOException, InterruptedException {
		// Absolute, as the process runs in its own directory.
		KratosProcess kratos = new KratosProcess(Path.of(program).toAbsolutePath());
		try {
			kratos.start();
			return kratos;
		}
		catch (IOException | InterruptedException | RuntimeException ex) {
			kratos.close();
			throw ex;
		}
	}

	private void start() throws IOException, InterruptedException {
		for (String schema : ContractConfiguration.SCHEMAS) {
			Files.writeString(this.directory.resolve(schema), ContractConfiguration.resource(schema));
		}
		String version = output("version");
		configure(version);
		output("migrate", "sql", "-e", "--yes", "-c", "kratos.yml");
		for (int attempt = 1; !serves(attempt == ATTEMPTS); attempt++) {
			configure(version);
		}
	}

	/**
	 * Writes the configuration with ports that are free now. Another process can still
	 * take one before the start.
	 */
	private void configure(String version) throws IOException {
		try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				ServerSocket second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.adminPort = first.getLocalPort();
			this.publicPort = second.getLocalPort();
		}
		Files.writeString(this.directory.resolve("kratos.yml"),
				ContractConfiguration.forVersion(version,
						Map.of("dsn", dsn(), "admin-port", String.valueOf(this.adminPort), "public-port",
								String.valueOf(this.publicPort), "directory", this.directory.toString())));
	}

	/**
	 * The empty database of a system property, or a SQLite file. The lock of Kratos is
	 * disabled, as concurrent requests can wait for it in vain. The lock of SQLite is
	 * enough.
	 */
	private String dsn() {
		String given = System.getProperty("contract.dsn", "");
		return !given.isEmpty() ? given
				: "sqlite://" + this.directory.resolve("kratos.sqlite") + "?_fk=true&_txlock=immediate&lock=false";
	}

	/**
	 * Starts the server. Returns {@code false} if another process has taken a port and
	 * this is not the last attempt. Any other failure is thrown with the log.
	 */
	private boolean serves(boolean last) throws IOException {
		this.process = run(log(), "serve", "--dev", "-c", "kratos.yml");
		try {
			Awaitility.await()
				.atMost(TIMEOUT)
				.until(() -> !this.process.isAlive() || (responds(adminUrl()) && responds(publicUrl())));
		}
		catch (ConditionTimeoutException ex) {
			throw new IllegalStateException("kratos did not become ready: " + Files.readString(log()), ex);
		}
		if (this.process.isAlive()) {
			return true;
		}
		String log = Files.readString(log());
		if (last || !log.contains("address already in use")) {
			throw new IllegalStateException("kratos ended with " + this.process.exitValue() + ": " + log);
		}
		return false;
	}

	private static boolean responds(String url) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) URI.create(url + "/health/ready").toURL().openConnection();
		connection.setConnectTimeout(1000);
		connection.setReadTimeout(5000);
		try {
			return connection.getResponseCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
		finally {
			connection.disconnect();
		}
	}

	private String output(String... arguments) throws IOException, InterruptedException {
		Path output = this.directory.resolve("output.log");
		Process process = run(output, arguments);
		if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
			process.destroyForcibly();
			throw new IllegalStateException(
					String.join(" ", arguments) + " took too long: " + Files.readString(output));
		}
		if (process.exitValue() != 0) {
			throw new IllegalStateException(String.join(" ", arguments) + " failed: " + Files.readString(output));
		}
		return Files.readString(output);
	}

	private Process run(Path output, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of(this.program.toString()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.environment().keySet().retainAll(ENVIRONMENT);
		builder.environment().put("SQA_OPT_OUT", "true");
		builder.environment().put("DSN", dsn());
		return builder.start();
	}

	private Path log() {
		return this.directory.resolve("kratos.log");
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
					this.process.destroyForcibly().waitFor();
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
