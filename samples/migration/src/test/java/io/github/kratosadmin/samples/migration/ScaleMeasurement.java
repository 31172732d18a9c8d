package io.github.kratosadmin.samples.migration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.batch.IdentityRow;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ImportSummary;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;

import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.file.FlatFileItemReader;
import org.springframework.util.FileSystemUtils;

/**
 * Measures the import and the export of many identities in a process with a heap of 256
 * MB, and compares the import with {@link KratosAdmin#importIdentities} alone. The
 * stand-in runs in a process of its own. Prints the time and the heap in use after
 * garbage collections in the first and the last quarter of each run.
 */
final class ScaleMeasurement {

	private static final Pattern AFTER_COLLECTION = Pattern.compile("->(\\d+)M\\(");

	private static final Pattern STEP = Pattern.compile("Step: \\[.*] executed in .*|ImportSummary.*");

	private final Path folder;

	private final Path people;

	private ScaleMeasurement(Path folder, int rows) {
		this.folder = folder;
		this.people = People.write(folder.resolve("people.csv"), rows);
	}

	/**
	 * Runs the measurement.
	 * @param args the number of rows and of runs
	 */
	public static void main(String[] args) throws Exception {
		int rows = Integer.parseInt(args[0]);
		Path folder = Files.createTempDirectory("migration");
		try {
			ScaleMeasurement measurement = new ScaleMeasurement(folder, rows);
			for (int run = 0; run < Integer.parseInt(args[1]); run++) {
				measurement.run();
			}
		}
		finally {
			FileSystemUtils.deleteRecursively(folder);
		}
	}

	private void run() throws Exception {
		try (Server server = new Server()) {
			print("importIdentities", start(PlainImport.class, server.url, this.people.toString()));
		}
		try (Server server = new Server()) {
			print("job import", start(MigrationApplication.class, arguments(server, "import", "input", this.people)));
			print("job export", start(MigrationApplication.class,
					arguments(server, "export", "output", this.folder.resolve("identities.ndjson"))));
		}
		FileSystemUtils.deleteRecursively(this.folder.resolve("jobs"));
	}

	private String[] arguments(Server server, String job, String parameter, Path file) {
		return new String[] { "--spring.batch.job.name=" + job, "--kratos.admin.base-url=" + server.url,
				"--spring.datasource.url=jdbc:h2:file:" + this.folder.resolve("jobs/jobs") + ";WRITE_DELAY=0",
				parameter + "=" + file };
	}

	/**
	 * Starts a process, and waits for its end.
	 * @return the time that it took
	 */
	private Duration start(Class<?> main, String... arguments) throws Exception {
		List<String> command = java("-Xmx256m", "-Xlog:gc:file=" + log());
		command.add(main.getName());
		command.addAll(Arrays.asList(arguments));
		Path output = output();
		long begin = System.nanoTime();
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		int exitCode = process.waitFor();
		Duration time = Duration.ofNanos(System.nanoTime() - begin);
		if (exitCode != 0) {
			throw new IllegalStateException(main.getName() + " failed: " + Files.readString(output));
		}
		return time;
	}

	private static List<String> java(String... options) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(Arrays.asList(options));
		command.addAll(List.of("-classpath", System.getProperty("java.class.path")));
		return command;
	}

	private Path output() {
		return this.folder.resolve("output.log");
	}

	private Path log() {
		return this.folder.resolve("gc.log");
	}

	private void print(String name, Duration time) throws IOException {
		List<Integer> used = new ArrayList<>();
		for (String line : Files.readAllLines(log())) {
			Matcher matcher = AFTER_COLLECTION.matcher(line);
			if (matcher.find()) {
				used.add(Integer.valueOf(matcher.group(1)));
			}
		}
		int quarter = used.size() / 4;
		System.out.printf(Locale.ROOT, "%-17s %7.1f s, heap after collections: %s MB at first, %s MB at last%n", name,
				time.toMillis() / 1000.0, median(used.subList(0, quarter)),
				median(used.subList(used.size() - quarter, used.size())));
		Files.readString(output())
			.lines()
			.map(STEP::matcher)
			.filter(Matcher::find)
			.forEach((step) -> System.out.println("    " + step.group()));
	}

	private static Object median(List<Integer> values) {
		return values.isEmpty() ? "?" : values.stream().sorted().toList().get(values.size() / 2);
	}

	/**
	 * The stand-in in a process of its own.
	 */
	private static final class Server implements AutoCloseable {

		private final Process process;

		private final String url;

		Server() throws IOException {
			List<String> command = java("-Xmx10g");
			command.add(Kratos.class.getName());
			this.process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
			BufferedReader output = new BufferedReader(
					new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8));
			this.url = Objects.requireNonNull(output.readLine(), "The stand-in has not started");
		}

		@Override
		public void close() throws IOException {
			this.process.destroy();
			this.process.onExit().join();
		}

	}

	/**
	 * Runs the stand-in until its process is ended.
	 */
	static final class Kratos {

		private Kratos() {
		}

		public static void main(String[] args) throws Exception {
			System.out.println(EmbeddedKratos.start().adminUrl());
			Thread.currentThread().join();
		}

	}

	/**
	 * Imports the same file without Spring Batch.
	 */
	static final class PlainImport {

		private PlainImport() {
		}

		public static void main(String[] args) throws Exception {
			FlatFileItemReader<IdentityRow> reader = PeopleReader.of(args[1]);
			reader.open(new ExecutionContext());
			try (KratosAdmin kratosAdmin = KratosAdmin.builder().baseUrl(args[0]).build()) {
				Stream<CreateIdentity> rows = Stream.generate(() -> read(reader))
					.takeWhile(Objects::nonNull)
					.map(IdentityRow::identity);
				ImportSummary summary = kratosAdmin.importIdentities(rows, ImportIdentities.builder().build(),
						(result) -> {
						});
				System.out.println(summary);
			}
			reader.close();
		}

		private static IdentityRow read(FlatFileItemReader<IdentityRow> reader) {
			try {
				return reader.read();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
