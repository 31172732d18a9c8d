package io.github.kratosadmin.samples.migration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.samples.migration.DifficultPeople.Person;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills the manager and the workers of an import with its verification, and of an export,
 * and starts them again until the job has completed. Then compares as {@link KillTests}
 * does, with the same system properties: {@code migration.kills} is the number of kills
 * of each job.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
@EnabledIfSystemProperty(named = "migration.kills", matches = "[2-9]|\\d{2,}",
		disabledReason = "Takes minutes: runs with the profile full")
@EnabledIf(value = "hasPostgres", disabledReason = "PostgreSQL's programs are not on this machine")
class DistributedKillTests {

	private static final int ROWS = Integer.getInteger("migration.rows", 2000);

	private static final int KILLS = Integer.getInteger("migration.kills", 2);

	private static final long SEED = Long.getLong("migration.seed", System.nanoTime());

	private static final int PARTITIONS = 8;

	/** Ten chunks for each partition. */
	private static final int CHUNK_SIZE = ROWS / PARTITIONS / 10;

	private static final int WORKERS = 2;

	/** At each, a worker ends, and the manager is killed while a worker hangs. */
	private static final List<String> POINTS = (KILLS > 2)
			? List.of("BEFORE_CHUNK:2", "BEFORE_COMMIT:2", "AFTER_COMMIT:2") : List.of("BEFORE_COMMIT:2");

	private static final int MAX_FAILED_RUNS = 50;

	private final List<Person> people = DifficultPeople.of(ROWS);

	private final Random random = new Random(SEED);

	@TempDir
	private Path folder;

	private Path input;

	@AutoClose
	private ThrowawayPostgres postgres;

	private String database;

	@AutoClose
	private KratosServer server;

	@AutoClose
	private KratosAdmin kratosAdmin;

	private ServerComparison comparison;

	private final List<JavaProcess> workers = new ArrayList<>();

	private @Nullable JavaProcess manager;

	private int failedRuns;

	static boolean hasPostgres() {
		return ThrowawayPostgres.programs().isPresent();
	}

	@BeforeEach
	void start() throws Exception {
		this.input = People.write(this.folder.resolve("people.csv"), this.people.stream().map(Person::toLine));
		this.postgres = ThrowawayPostgres.start();
		this.database = this.postgres.createDatabase("migration");
		print("%d rows, seed %d".formatted(ROWS, SEED));
	}

	/**
	 * Starts a server that is slow enough for many kills, even if some processes go on
	 * while others start.
	 */
	private void startServer(Duration latency) throws Exception {
		this.server = new KratosServer("-Xmx2g", "-D" + KratosServer.LATENCY_PROPERTY + "=" + latency);
		this.kratosAdmin = KratosAdmin.builder().baseUrl(this.server.url()).build();
		DifficultPeople.createThoseBefore(this.kratosAdmin, this.people);
		this.comparison = new ServerComparison(this.kratosAdmin, this.people);
	}

	@AfterEach
	void stop() {
		this.workers.forEach(JavaProcess::close);
		if (this.manager != null) {
			this.manager.close();
		}
	}

	@Test
	void createsOrReportsEachRowOnceHoweverOftenTheImportIsKilled() throws Exception {
		startServer(Duration.ofMillis(5));
		String[] job = { "--spring.batch.job.name=import", "input=" + this.input };
		for (String point : POINTS) {
			killWorkerAt(point, job);
			killManagerAt(point, job);
		}
		String output = completeWithKills(MigrationExitCode.ROWS_TO_CORRECT, job);
		List<Path> failed = partitions().map((partition) -> ImportFiles.failed(this.input.toString(), partition))
			.toList();
		List<Path> different = partitions().map((partition) -> ImportFiles.different(this.input.toString(), partition))
			.toList();
		int reported = this.comparison.assertEachRowIsThereOnceOrReported(failed);
		assertThat(JobOutput.number("missing or different", output)).isEqualTo(reported);
		assertThat(ServerComparison.reported(different).keySet()).isEqualTo(ServerComparison.reported(failed).keySet());
		long again = JobOutput.number("there before", output) - DifficultPeople.countThoseBefore(this.people);
		print("Rows that were sent again, and had been created before: " + again);
		assertThat(again).isPositive();
	}

	@Test
	void exportsEachIdentityOnceHoweverOftenTheExportIsKilled() throws Exception {
		startServer(Duration.ofMillis(100));
		DifficultPeople.createEasyOnes(this.kratosAdmin, this.people);
		Path output = this.folder.resolve("identities.ndjson");
		String[] job = { "--spring.batch.job.name=export", "output=" + output };
		for (String point : POINTS) {
			killWorkerAt(point, job);
			killManagerAt(point, job);
		}
		completeWithKills(0, job);
		try (Stream<Path> files = Files.list(this.folder)) {
			this.comparison.assertEachIdentityIsExportedOnce(
					files.filter((file) -> file.toString().startsWith(output.toString())).toList());
		}
	}

	private static Stream<String> partitions() {
		return IntStream.range(0, PARTITIONS).mapToObj((number) -> ":partition" + number);
	}

	/**
	 * Lets the only worker end. The manager then fails.
	 */
	private void killWorkerAt(String point, String... job) throws Exception {
		try (JavaProcess worker = worker(KillPoint.class, "-D" + KillPoint.PROPERTY + "=" + point)) {
			awaitStart(worker);
			try (JavaProcess manager = manager("10s", job)) {
				assertThat(worker.await()).as(worker.output()).isEqualTo(KillPoint.KILLED);
				assertThat(manager.await()).as(manager.output()).isPositive();
				assertThat(manager.output()).contains("Gives up");
				print("A worker ended at %s, %d items committed".formatted(point, committed()));
			}
		}
	}

	/**
	 * Kills the manager while a worker hangs. The worker goes on when the next manager
	 * and another worker are at work.
	 */
	private void killManagerAt(String point, String... job) throws Exception {
		Path goOn = this.folder.resolve("go-on-" + point.replace(':', '-'));
		try (JavaProcess orphan = worker(KillPoint.class, "-D" + KillPoint.PROPERTY + "=" + point,
				"-D" + KillPoint.HANG_PROPERTY + "=" + goOn)) {
			awaitStart(orphan);
			try (JavaProcess manager = manager("1h", job)) {
				assertThat(orphan.await((line) -> line.contains(KillPoint.HANGS))).as(orphan.output()).isNotNull();
				assertThat(manager.kill()).isEqualTo(KillPoint.KILLED);
				print("Killed the manager at %s, %d items committed".formatted(point, committed()));
			}
			try (JavaProcess next = manager("1h", job)) {
				assertThat(next.await((line) -> line.contains("Executing step: ["))).as(next.output()).isNotNull();
				try (JavaProcess other = worker(MigrationApplication.class)) {
					// Imported or Exported
					assertThat(other.await((line) -> line.contains("ported up to"))).as(other.output()).isNotNull();
					Files.createFile(goOn);
					assertThat(orphan.await((line) -> line.contains("OptimisticLockingFailureException")))
						.as(orphan.output())
						.isNotNull();
				}
			}
		}
	}

	/**
	 * Runs a job to its end, with kills of any process at random moments: up to a second
	 * after something was committed since the kill before. A process may be killed while
	 * it starts.
	 * @return the output of the manager that has completed the job
	 */
	private String completeWithKills(int exitCode, String... job) throws Exception {
		int kills = 0;
		String output = awaitCommit(exitCode, job);
		while (output == null && kills < KILLS) {
			Duration delay = Duration.ofMillis(this.random.nextInt(1000));
			int victim = this.random.nextInt(WORKERS + 1);
			JavaProcess process = (victim < WORKERS) ? this.workers.get(victim) : Objects.requireNonNull(this.manager);
			if (process.killAfter(delay) == KillPoint.KILLED) {
				kills++;
				print("Killed %s, %d ms after a commit, %d items committed"
					.formatted((victim < WORKERS) ? "worker " + victim : "the manager", delay.toMillis(), committed()));
			}
			output = awaitCommit(exitCode, job);
		}
		assertThat(kills).as("kills before the job has completed").isGreaterThanOrEqualTo(KILLS / 2);
		while (output == null) {
			startMissing(job);
			output = completed(exitCode);
		}
		return output;
	}

	/**
	 * Waits until more items are committed.
	 * @return the output of the manager, if it has completed the job before
	 */
	private @Nullable String awaitCommit(int exitCode, String... job) throws Exception {
		long committed = committed();
		do {
			if (!startMissing(job).isAlive()) {
				String output = completed(exitCode);
				if (output != null) {
					return output;
				}
			}
			TimeUnit.MILLISECONDS.sleep(20);
		}
		while (committed() == committed || this.manager == null);
		return null;
	}

	private JavaProcess startMissing(String... job) throws Exception {
		this.workers.removeIf((worker) -> !worker.isAlive());
		while (this.workers.size() < WORKERS) {
			this.workers.add(worker(MigrationApplication.class));
		}
		if (this.manager == null) {
			this.manager = manager("20s", job);
		}
		return this.manager;
	}

	/**
	 * Waits for the end of the manager.
	 * @return its output, or {@code null} if it has failed or was killed
	 */
	private @Nullable String completed(int exitCode) throws Exception {
		JavaProcess manager = Objects.requireNonNull(this.manager);
		int actual = manager.await();
		if (JobOutput.hasCompleted(manager.output())) {
			assertThat(actual).as(manager.output()).isIn(exitCode, KillPoint.KILLED);
			return manager.output();
		}
		assertThat(++this.failedRuns).as(manager.output()).isLessThan(MAX_FAILED_RUNS);
		this.manager = null;
		return null;
	}

	/**
	 * Returns how many items the workers have committed, in all steps.
	 */
	private long committed() throws SQLException {
		try (Connection connection = DriverManager.getConnection(this.database);
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("select to_regclass('batch_step_execution') is not null")) {
			row.next();
			return row.getBoolean(1) ? committed(statement) : 0;
		}
	}

	private static long committed(Statement statement) throws SQLException {
		try (ResultSet row = statement.executeQuery(
				"select coalesce(sum(write_count), 0) from batch_step_execution where step_name like '%:%'")) {
			row.next();
			return row.getLong(1);
		}
	}

	private static void awaitStart(JavaProcess worker) throws Exception {
		assertThat(worker.await((line) -> line.contains("(process running for "))).as(worker.output()).isNotNull();
	}

	private JavaProcess manager(String patience, String... job) throws Exception {
		return start(MigrationApplication.class, List.of(), "manager", Stream.concat(
				Stream.of("--migration.partitions=" + PARTITIONS, "--migration.patience=" + patience), Stream.of(job)));
	}

	private JavaProcess worker(Class<?> main, String... options) throws Exception {
		return start(main, List.of(options), "worker", Stream.empty());
	}

	private JavaProcess start(Class<?> main, List<String> options, String profile, Stream<String> arguments)
			throws Exception {
		List<String> all = Stream
			.concat(arguments,
					Stream.of("--spring.profiles.active=" + profile, this.server.argument(),
							"--migration.chunk-size=" + CHUNK_SIZE, "--spring.datasource.url=" + this.database))
			.toList();
		return new JavaProcess(Stream.concat(Stream.of("-Xmx256m"), options.stream()).toList(), main, all);
	}

	private static void print(String text) {
		System.out.println("DistributedKillTests: " + text);
	}

}
