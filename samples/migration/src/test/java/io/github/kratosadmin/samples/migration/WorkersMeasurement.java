package io.github.kratosadmin.samples.migration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.util.FileSystemUtils;

/**
 * Measures the import with one worker and with two, on a server that takes 250 ms for
 * each request. Prints the time of the import step.
 */
final class WorkersMeasurement {

	private static final String LATENCY = "PT0.25S";

	private WorkersMeasurement() {
	}

	/**
	 * Runs the measurement.
	 * @param args the number of rows and of runs
	 */
	public static void main(String[] args) throws Exception {
		if (ThrowawayPostgres.programs().isEmpty()) {
			System.out.println("Workers are not measured: PostgreSQL's programs are not on this machine");
			return;
		}
		Path folder = Files.createTempDirectory("migration");
		try (ThrowawayPostgres postgres = ThrowawayPostgres.start()) {
			Path people = People.write(folder.resolve("people.csv"), Integer.parseInt(args[0]));
			for (int run = 0; run < Integer.parseInt(args[1]); run++) {
				for (int workers = 1; workers <= 2; workers++) {
					measure(workers, people, postgres.createDatabase("run%d_%d".formatted(run, workers)));
				}
			}
		}
		finally {
			FileSystemUtils.deleteRecursively(folder);
		}
	}

	private static void measure(int count, Path people, String database) throws Exception {
		List<JavaProcess> workers = new ArrayList<>();
		try (KratosServer server = new KratosServer(
				ScaleMeasurement.options("-Xmx10g", "-D" + KratosServer.LATENCY_PROPERTY + "=" + LATENCY)
					.toArray(String[]::new))) {
			for (int i = 0; i < count; i++) {
				workers.add(start("worker", server, database));
			}
			for (JavaProcess worker : workers) {
				if (worker.await((line) -> line.contains("(process running for ")) == null) {
					throw new IllegalStateException("A worker has not started: " + worker.output());
				}
			}
			try (JavaProcess manager = start("manager", server, database, "--spring.batch.job.name=import",
					"input=" + people)) {
				String step = manager.await((line) -> line.contains("Step: [import] executed in"));
				// after a step that has failed, there is none
				if (step == null || manager.await((line) -> line.contains("Executing step: [verify]")) == null) {
					throw new IllegalStateException("The import has failed: " + manager.output());
				}
				System.out.println("With " + count + " worker(s): " + step);
			}
		}
		finally {
			workers.forEach(JavaProcess::close);
		}
	}

	private static JavaProcess start(String profile, KratosServer server, String database, String... arguments)
			throws Exception {
		return new JavaProcess(Duration.ofHours(1), ScaleMeasurement.options("-Xmx256m"), MigrationApplication.class,
				Stream.concat(Stream.of("--spring.profiles.active=" + profile, server.argument(),
						"--spring.datasource.url=" + database), Stream.of(arguments))
					.toList());
	}

}
