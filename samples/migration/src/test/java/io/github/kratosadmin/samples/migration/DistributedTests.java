package io.github.kratosadmin.samples.migration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.Identity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs a manager and workers as processes of their own, with a PostgreSQL of their own.
 */
@EnabledIf(value = "hasPostgres", disabledReason = "PostgreSQL's programs are not on this machine")
class DistributedTests {

	private static final int ROWS = 1000;

	private static ThrowawayPostgres postgres;

	private static int databases;

	@TempDir
	private Path folder;

	private Path input;

	private String database;

	private KratosServer server;

	private final List<JavaProcess> workers = new ArrayList<>();

	static boolean hasPostgres() {
		return ThrowawayPostgres.programs().isPresent();
	}

	@BeforeAll
	static void startPostgres() throws Exception {
		postgres = ThrowawayPostgres.start();
	}

	@AfterAll
	static void stopPostgres() throws Exception {
		postgres.close();
	}

	@BeforeEach
	void start() throws Exception {
		this.input = People.write(this.folder.resolve("people.csv"),
				Stream.concat(IntStream.rangeClosed(1, ROWS).mapToObj(People::line), Stream.of("malformed")));
		this.database = postgres.createDatabase("migration" + databases++);
		this.server = new KratosServer();
	}

	@AfterEach
	void stop() {
		this.workers.forEach(JavaProcess::close);
		this.server.close();
	}

	@Test
	void theNextRunOfTheManagerDoesWhatAKilledWorkerHasNotDone() throws Exception {
		JavaProcess killed = worker(KillPoint.class, "-D" + KillPoint.PROPERTY + "=BEFORE_COMMIT:2");
		awaitStart(killed);
		JavaProcess other;
		try (JavaProcess manager = manager("--migration.patience=10s")) {
			assertThat(killed.await()).as(killed.output()).isEqualTo(KillPoint.KILLED);
			other = worker(MigrationApplication.class);
			assertThat(manager.await()).as(manager.output()).isNotZero();
			assertThat(manager.output()).contains("Gives up import:partition", "FAILED");
		}
		try (JavaProcess manager = manager("--migration.patience=1m")) {
			assertThat(manager.await()).as(manager.output()).isEqualTo(MigrationExitCode.ROWS_TO_CORRECT);
		}
		assertThat(other.isAlive()).isTrue();
		assertEveryRowIsThereOnce();
	}

	@Test
	void anOrphanedWorkerDoesNoHarmAndTheRequestsOfAKilledManagerAreIgnored() throws Exception {
		Path goOn = this.folder.resolve("go-on");
		JavaProcess orphan = worker(KillPoint.class, "-D" + KillPoint.PROPERTY + "=BEFORE_COMMIT:2",
				"-D" + KillPoint.HANG_PROPERTY + "=" + goOn);
		awaitStart(orphan);
		try (JavaProcess manager = manager("--migration.patience=1h")) {
			assertThat(orphan.await((line) -> line.contains(KillPoint.HANGS))).as(orphan.output()).isNotNull();
			try (JavaProcess second = manager()) {
				assertThat(second.await()).as(second.output()).isNotZero();
				assertThat(second.output()).contains("Another process runs jobs of the job repository");
			}
			assertThat(manager.kill()).isEqualTo(KillPoint.KILLED);
		}
		JavaProcess other;
		try (JavaProcess manager = manager("--migration.patience=1h")) {
			// the old requests are recognized when the partitions are marked as failed
			assertThat(manager.await((line) -> line.contains("Executing step: [import]"))).as(manager.output())
				.isNotNull();
			other = worker(MigrationApplication.class);
			assertThat(manager.await()).as(manager.output()).isEqualTo(MigrationExitCode.ROWS_TO_CORRECT);
			assertThat(manager.output())
				.contains("1,000 verified: as in the file", " 1 failed", "partition3.failed.ndjson:")
				.doesNotContain("partition0.failed.ndjson:");
		}
		List<String> before = partitions();
		Files.createFile(goOn);
		assertThat(orphan.await((line) -> line.contains("OptimisticLockingFailureException"))).as(orphan.output())
			.isNotNull();
		assertThat(orphan.await((line) -> line.contains("Step: [import:partition"))).as(orphan.output())
			.contains("executed in");
		assertThat(partitions()).isEqualTo(before);
		assertEveryRowIsThereOnce();
		assertThat(orphan.isAlive()).isTrue();
		other.kill();
		assertThat(other.output()).contains("Ignores an old request");
	}

	private static void awaitStart(JavaProcess worker) throws Exception {
		assertThat(worker.await((line) -> line.contains("(process running for "))).as(worker.output()).isNotNull();
	}

	/**
	 * Returns what the job repository knows about the partitions.
	 */
	private List<String> partitions() throws Exception {
		List<String> partitions = new ArrayList<>();
		try (Connection connection = DriverManager.getConnection(this.database);
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("select concat_ws(' ', e.step_execution_id, step_name, version,"
						+ " status, short_context) from batch_step_execution e join batch_step_execution_context c"
						+ " on c.step_execution_id = e.step_execution_id order by e.step_execution_id")) {
			while (row.next()) {
				partitions.add(row.getString(1));
			}
		}
		return partitions;
	}

	private void assertEveryRowIsThereOnce() {
		try (KratosAdmin kratosAdmin = KratosAdmin.builder().baseUrl(this.server.url()).build();
				Stream<Identity> identities = kratosAdmin.identities().streamIdentities()) {
			assertThat(identities).extracting(Identity::externalId)
				.containsExactlyInAnyOrderElementsOf(
						IntStream.rangeClosed(1, ROWS).mapToObj((number) -> "customer-" + number).toList());
		}
	}

	private JavaProcess manager(String... arguments) throws Exception {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.addAll(List.of("--spring.profiles.active=manager", "--spring.batch.job.name=import",
				"--migration.partitions=4", "input=" + this.input));
		return start(MigrationApplication.class, List.of(), all);
	}

	private JavaProcess worker(Class<?> main, String... options) throws Exception {
		JavaProcess worker = start(main, List.of(options), List.of("--spring.profiles.active=worker"));
		this.workers.add(worker);
		return worker;
	}

	private JavaProcess start(Class<?> main, List<String> options, List<String> arguments) throws Exception {
		List<String> all = new ArrayList<>(arguments);
		all.addAll(List.of(this.server.argument(), "--migration.chunk-size=50",
				"--spring.datasource.url=" + this.database));
		return new JavaProcess(options, main, all);
	}

}
