package io.github.kratosadmin.samples.migration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

	/**
	 * The JVM's own choice, instead of what {@link JavaProcess} sets for a quick start.
	 */
	private static final List<String> USUAL = List.of("-XX:TieredStopAtLevel=4", "-XX:-UseSerialGC");

	private static final Duration LIMIT = Duration.ofHours(6);

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
		try (KratosServer server = server()) {
			measure("importIdentities", PlainImport.class, server.url(), this.people.toString());
		}
		try (KratosServer server = server()) {
			measure("job import", MigrationApplication.class, arguments(server, "import", "input", this.people));
			measure("job export", MigrationApplication.class,
					arguments(server, "export", "output", this.folder.resolve("identities.ndjson")));
		}
		FileSystemUtils.deleteRecursively(this.folder.resolve("jobs"));
	}

	private static KratosServer server() throws Exception {
		return new KratosServer(options("-Xmx10g").toArray(String[]::new));
	}

	static List<String> options(String... options) {
		return Stream.concat(USUAL.stream(), Stream.of(options)).toList();
	}

	private String[] arguments(KratosServer server, String job, String parameter, Path file) {
		return new String[] { "--spring.batch.job.name=" + job, server.argument(),
				"--spring.datasource.url=jdbc:h2:file:" + this.folder.resolve("jobs/jobs") + ";WRITE_DELAY=0",
				parameter + "=" + file };
	}

	/**
	 * Starts a process, waits for its end, and prints the time that it took.
	 */
	private void measure(String name, Class<?> main, String... arguments) throws Exception {
		long begin = System.nanoTime();
		try (JavaProcess process = new JavaProcess(LIMIT, options("-Xmx256m", "-Xlog:gc:file=" + log()), main,
				List.of(arguments))) {
			int exitCode = process.await();
			Duration time = Duration.ofNanos(System.nanoTime() - begin);
			if (exitCode != 0) {
				throw new IllegalStateException(main.getName() + " failed: " + process.output());
			}
			print(name, time, process.output());
		}
	}

	private Path log() {
		return this.folder.resolve("gc.log");
	}

	private void print(String name, Duration time, String output) throws IOException {
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
		output.lines()
			.map(STEP::matcher)
			.filter(Matcher::find)
			.forEach((step) -> System.out.println("    " + step.group()));
	}

	private static Object median(List<Integer> values) {
		return values.isEmpty() ? "?" : values.stream().sorted().toList().get(values.size() / 2);
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
