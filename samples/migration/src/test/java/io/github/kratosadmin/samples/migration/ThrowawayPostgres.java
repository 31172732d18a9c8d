package io.github.kratosadmin.samples.migration;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL of its own in a temporary folder, from the programs of this machine. It
 * listens on a free port of the loopback interface, and is gone when it is closed.
 */
final class ThrowawayPostgres implements AutoCloseable {

	private final Path programs;

	private final Path folder;

	private final int port;

	private ThrowawayPostgres(Path programs) throws IOException {
		this.programs = programs;
		this.folder = Files.createTempDirectory("postgres");
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.port = socket.getLocalPort();
		}
	}

	/**
	 * Returns the folder with PostgreSQL's programs, if there is one: where Debian has
	 * them, or one of the PATH.
	 */
	static Optional<Path> programs() {
		List<Path> folders = new ArrayList<>();
		try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
			versions.map((version) -> version.resolve("bin")).sorted(Comparator.reverseOrder()).forEach(folders::add);
		}
		catch (IOException ex) {
			// not Debian
		}
		Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(Path::of).forEach(folders::add);
		return folders.stream()
			.filter((folder) -> Files.isExecutable(folder.resolve("initdb"))
					&& Files.isExecutable(folder.resolve("postgres")))
			.findFirst();
	}

	static ThrowawayPostgres start() throws IOException, InterruptedException {
		ThrowawayPostgres postgres = new ThrowawayPostgres(programs().orElseThrow());
		try {
			postgres.initialize();
		}
		catch (IOException | RuntimeException ex) {
			postgres.close();
			throw ex;
		}
		return postgres;
	}

	private void initialize() throws IOException, InterruptedException {
		if (isRoot()) {
			// PostgreSQL refuses to run as root
			run(List.of("chown", "postgres", this.folder.toString()));
		}
		Path data = this.folder.resolve("data");
		runAsPostgres("initdb", "-D", data.toString(), "-U", "postgres", "--auth=trust", "--no-sync", "-E", "UTF8");
		// It must survive a kill of a client, not of the machine
		runAsPostgres("pg_ctl", "-D", data.toString(), "-w", "-l", this.folder.resolve("log").toString(), "-o",
				"-c listen_addresses=127.0.0.1 -c port=%d -c unix_socket_directories='' -c fsync=off"
					.formatted(this.port),
				"start");
	}

	String createDatabase(String name) throws IOException, InterruptedException {
		runAsPostgres("createdb", "-h", "127.0.0.1", "-p", String.valueOf(this.port), "-U", "postgres", name);
		return "jdbc:postgresql://127.0.0.1:" + this.port + "/" + name + "?user=postgres";
	}

	int port() {
		return this.port;
	}

	@Override
	public void close() throws IOException, InterruptedException {
		Path data = this.folder.resolve("data");
		if (Files.exists(data)) {
			runAsPostgres("pg_ctl", "-D", data.toString(), "-m", "immediate", "-w", "stop");
		}
		run(List.of("rm", "-rf", this.folder.toString()));
	}

	private void runAsPostgres(String program, String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		if (isRoot()) {
			command.addAll(List.of("runuser", "-u", "postgres", "--"));
		}
		command.add(this.programs.resolve(program).toString());
		command.addAll(List.of(arguments));
		run(command);
	}

	private void run(List<String> command) throws IOException, InterruptedException {
		Path output = Files.createTempFile("postgres", ".log");
		try {
			Process process = new ProcessBuilder(command).directory(new File("/"))
				.redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
				throw new IllegalStateException(command + " failed: " + Files.readString(output));
			}
		}
		finally {
			Files.delete(output);
		}
	}

	private static boolean isRoot() {
		return "root".equals(System.getProperty("user.name"));
	}

}
