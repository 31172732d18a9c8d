package io.github.kratosadmin.samples.migration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.samples.migration.DifficultPeople.Person;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills an import with its verification, and an export, and runs each again until it has
 * completed. Then compares the identities of the server with the files, row by row. The
 * system properties {@code migration.rows}, {@code migration.kills} and
 * {@code migration.seed} set the number of rows, the number of kills of each step at
 * random moments, and the seed of these.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class KillTests {

	private static final int ROWS = Integer.getInteger("migration.rows", 2000);

	private static final int KILLS = Integer.getInteger("migration.kills", 1);

	private static final long SEED = Long.getLong("migration.seed", System.nanoTime());

	/** At least ten chunks, so that there is something to do after each kill. */
	private static final int CHUNK_SIZE = Math.min(ROWS / 10, 1000);

	private static final int CHUNKS = ROWS / CHUNK_SIZE;

	/** The second of these is reached before a position is saved. */
	private static final List<String> POINTS = (KILLS > 1)
			? List.of("AFTER_COMMIT:2", "BEFORE_CHUNK:1", "BEFORE_COMMIT:1", "BEFORE_CHUNK:2")
			: List.of("BEFORE_COMMIT:2");

	private final List<Person> people = DifficultPeople.of(ROWS);

	private final Random random = new Random(SEED);

	@TempDir
	private Path folder;

	private Path input;

	@AutoClose
	private KratosServer server;

	@AutoClose
	private KratosAdmin kratosAdmin;

	private ServerComparison comparison;

	@BeforeEach
	void start() throws Exception {
		this.input = People.write(this.folder.resolve("people.csv"), this.people.stream().map(Person::toLine));
		this.server = new KratosServer("-Xmx2g");
		this.kratosAdmin = KratosAdmin.builder().baseUrl(this.server.url()).build();
		DifficultPeople.createThoseBefore(this.kratosAdmin, this.people);
		this.comparison = new ServerComparison(this.kratosAdmin, this.people);
		print("%d rows, seed %d".formatted(ROWS, SEED));
	}

	@Test
	void createsOrReportsEachRowOnceHoweverOftenTheImportIsKilled() throws Exception {
		KilledJob job = new KilledJob("import", "input=" + this.input, MigrationExitCode.ROWS_TO_CORRECT);
		job.killAtPoints("Imported up to line");
		job.killAtRandomMoments("import", "Imported up to line");
		job.killAtRandomMoments("verify", "Verified up to line");
		String output = job.complete();
		List<Path> failed = List.of(ImportFiles.failed(this.input.toString(), "import"));
		List<Path> different = List.of(ImportFiles.different(this.input.toString(), "verify"));
		int reported = this.comparison.assertEachRowIsThereOnceOrReported(failed);
		assertThat(JobOutput.number("missing or different", output)).isEqualTo(reported);
		assertThat(ServerComparison.reported(different).keySet()).isEqualTo(ServerComparison.reported(failed).keySet());
		long again = JobOutput.number("there before", output) - DifficultPeople.countThoseBefore(this.people);
		print("Rows that were sent again, and had been created before: " + again);
		assertThat(again).isBetween(1L, (long) (POINTS.size() + KILLS) * CHUNK_SIZE);
	}

	@Test
	void exportsEachIdentityOnceHoweverOftenTheExportIsKilled() throws Exception {
		DifficultPeople.createEasyOnes(this.kratosAdmin, this.people);
		Path output = this.folder.resolve("identities.ndjson");
		KilledJob job = new KilledJob("export", "output=" + output, 0);
		job.killAtPoints("Exported up to identity");
		job.killAtRandomMoments("export", "Exported up to identity");
		job.complete();
		this.comparison.assertEachIdentityIsExportedOnce(List.of(output));
	}

	private static void print(String text) {
		System.out.println("KillTests: " + text);
	}

	/**
	 * A job that is killed and run again.
	 */
	private final class KilledJob {

		private final List<String> arguments;

		private final int exitCode;

		/**
		 * The number of chunks that all runs have shown of the step, some of them twice.
		 */
		private int chunks;

		/** The position that these have reached. */
		private String reached = "";

		private Duration timeOfChunk = Duration.ofMillis(50);

		/** The output of the run that has completed the job. */
		private @Nullable String completed;

		private KilledJob(String name, String parameter, int exitCode) {
			this.exitCode = exitCode;
			this.arguments = List.of("--spring.batch.job.name=" + name, KillTests.this.server.argument(),
					"--migration.chunk-size=" + CHUNK_SIZE,
					"--spring.datasource.url=jdbc:h2:file:" + KillTests.this.folder.resolve("jobs") + ";WRITE_DELAY=0",
					parameter);
		}

		private void killAtPoints(String progress) throws Exception {
			for (String point : POINTS) {
				try (JavaProcess process = start(KillPoint.class, "-D" + KillPoint.PROPERTY + "=" + point)) {
					assertThat(process.await()).as(process.output()).isEqualTo(KillPoint.KILLED);
					assertGoesOn(progress, process.output());
					print("Killed at %s, after %s".formatted(point, this.reached.strip()));
				}
			}
		}

		/**
		 * Kills a step at random moments: after a chunk, and a part of the time that a
		 * chunk takes. A kill can come too late.
		 * @param progress what the step shows after a chunk, before its position
		 */
		private void killAtRandomMoments(String step, String progress) throws Exception {
			this.chunks = 0;
			this.reached = "";
			int kills = 0;
			for (int chunk : KillTests.this.random.ints(KILLS, 1, CHUNKS - 3).sorted().toArray()) {
				double moment = KillTests.this.random.nextDouble();
				if (this.completed == null) {
					killAfter(step, progress, chunk, moment);
					kills += (this.completed == null) ? 1 : 0;
				}
			}
			assertThat(kills).as("kills of the step " + step).isGreaterThanOrEqualTo(KILLS / 2);
		}

		private void killAfter(String step, String progress, int chunk, double moment) throws Exception {
			try (JavaProcess process = start(MigrationApplication.class)) {
				process.await((line) -> line.contains("Executing step: [" + step + "]"));
				long begin = 0;
				for (int shown = this.chunks; shown < chunk
						&& process.await((line) -> line.contains(progress)) != null; shown++) {
					// the first chunk of a process takes much longer
					if (begin != 0) {
						this.timeOfChunk = Duration.ofNanos(System.nanoTime() - begin);
					}
					begin = System.nanoTime();
				}
				Duration delay = Duration.ofMillis((long) (moment * this.timeOfChunk.toMillis()));
				assertThat(process.killAfter(delay)).as(process.output()).isIn(this.exitCode, KillPoint.KILLED);
				if (JobOutput.hasCompleted(process.output())) {
					this.completed = process.output();
				}
				assertGoesOn(progress, process.output());
				print("%s %s %d ms after chunk %d, after %s".formatted(
						(this.completed != null) ? "Completed before" : "Killed", step, delay.toMillis(), chunk,
						this.reached.strip()));
			}
		}

		/**
		 * Returns the output of the run that has completed the job.
		 */
		private String complete() throws Exception {
			if (this.completed == null) {
				try (JavaProcess process = start(MigrationApplication.class)) {
					assertThat(process.await()).as(process.output()).isEqualTo(this.exitCode);
					return process.output();
				}
			}
			return this.completed;
		}

		private JavaProcess start(Class<?> main, String... options) throws Exception {
			return new JavaProcess(Stream.concat(Stream.of("-Xmx256m"), Stream.of(options)).toList(), main,
					this.arguments);
		}

		/**
		 * The chunk that was written last may be written again, as its commit is not
		 * shown.
		 */
		private void assertGoesOn(String progress, String output) {
			// the numbers of lines in the width of ids, which have the order of texts
			List<String> positions = Pattern.compile(progress + " (\\S+)")
				.matcher(output)
				.results()
				.map((result) -> "%36s".formatted(result.group(1)))
				.toList();
			this.chunks += positions.size();
			if (!positions.isEmpty()) {
				assertThat(positions.get(0)).as(output).isGreaterThanOrEqualTo(this.reached);
				this.reached = positions.get(positions.size() - 1);
			}
		}

	}

}
