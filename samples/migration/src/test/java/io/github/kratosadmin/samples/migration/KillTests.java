package io.github.kratosadmin.samples.migration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.samples.migration.DifficultPeople.Kind;
import io.github.kratosadmin.samples.migration.DifficultPeople.Person;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills an import and runs it again until it has completed, then compares the identities
 * of the server with the file, row by row. The system properties {@code migration.rows},
 * {@code migration.kills} and {@code migration.seed} set the number of rows, the number
 * of kills at random moments, and the seed of these.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class KillTests {

	private static final int ROWS = Integer.getInteger("migration.rows", 2000);

	private static final int KILLS = Integer.getInteger("migration.kills", 1);

	private static final long SEED = Long.getLong("migration.seed", System.nanoTime());

	/** At least ten chunks, so that there is something to do after each kill. */
	private static final int CHUNK_SIZE = Math.min(ROWS / 10, 1000);

	private static final Pattern PROGRESS = Pattern.compile("Imported up to line ([0-9,]+)");

	private static final Pattern DONE_BEFORE = Pattern.compile("([0-9,]+) there before, or created by a run");

	private static final Pattern DIFFERENT = Pattern.compile("([0-9,]+) missing or different");

	private final List<Person> people = DifficultPeople.of(ROWS);

	@TempDir
	private Path folder;

	private Path input;

	@AutoClose
	private KratosServer server;

	@AutoClose
	private KratosAdmin kratosAdmin;

	/** The line that all runs together have reached. */
	private long reached;

	@BeforeEach
	void start() throws Exception {
		this.input = People.write(this.folder.resolve("people.csv"), this.people.stream().map(Person::toLine));
		this.server = new KratosServer("-Xmx2g");
		this.kratosAdmin = KratosAdmin.builder().baseUrl(this.server.url()).build();
		DifficultPeople.createThoseBefore(this.kratosAdmin, this.people);
	}

	@Test
	void createsOrReportsEachRowOnceHoweverOftenItIsKilled() throws Exception {
		Map<String, Identity> before = identities();
		for (String point : points()) {
			try (JavaProcess migration = migration(KillPoint.class, "-D" + KillPoint.PROPERTY + "=" + point)) {
				assertThat(migration.await()).as(migration.output()).isEqualTo(KillPoint.KILLED);
				print("Killed at " + point + ", after line " + lastLine(migration.output()));
				assertGoesOn(migration.output());
			}
		}
		print("%d rows, seed %d".formatted(ROWS, SEED));
		Random random = new Random(SEED);
		String output = null;
		// A kill can come too late.
		for (int line : random.ints(KILLS, 1, ROWS - 4 * CHUNK_SIZE).sorted().toArray()) {
			output = (output == null) ? killAfter(line, random.nextDouble()) : output;
		}
		output = (output == null) ? complete() : output;
		int reported = assertEachRowIsThereOnceOrReported(before);
		assertThat(number(DIFFERENT, output)).isEqualTo(reported);
		long again = number(DONE_BEFORE, output) - kinds(Kind.THERE_BEFORE);
		print("Rows that were sent again, and had been created before: " + again);
		assertThat(again).isBetween(1L, (long) (points().size() + KILLS) * CHUNK_SIZE);
	}

	/**
	 * The second of these is killed before it has saved its position.
	 */
	private static List<String> points() {
		return (KILLS > 1) ? List.of("AFTER_COMMIT:2", "BEFORE_CHUNK:1", "BEFORE_COMMIT:1", "BEFORE_CHUNK:2")
				: List.of("BEFORE_COMMIT:2");
	}

	/**
	 * Kills an import at a moment of the chunk after a line.
	 * @param moment the part of the time of a chunk that is over
	 * @return the output if the import has completed before, or else {@code null}
	 */
	private @Nullable String killAfter(int line, double moment) throws Exception {
		try (JavaProcess migration = migration(MigrationApplication.class)) {
			migration.await((output) -> output.contains("Executing step: [import]"));
			long timeOfChunk = 0;
			while (lastLine(migration.output()) < line) {
				long begin = System.nanoTime();
				if (migration.await(PROGRESS.asPredicate()) == null) {
					break;
				}
				timeOfChunk = System.nanoTime() - begin;
			}
			Duration delay = Duration.ofNanos((long) (moment * timeOfChunk));
			int exitCode = migration.killAfter(delay);
			assertThat(exitCode).as(migration.output()).isIn(MigrationExitCode.ROWS_TO_CORRECT, KillPoint.KILLED);
			print("%s %d ms after line %d, after line %d".formatted(
					(exitCode == KillPoint.KILLED) ? "Killed" : "Completed before", delay.toMillis(), line,
					lastLine(migration.output())));
			assertGoesOn(migration.output());
			return (exitCode == KillPoint.KILLED) ? null : migration.output();
		}
	}

	private String complete() throws Exception {
		try (JavaProcess migration = migration(MigrationApplication.class)) {
			assertThat(migration.await()).as(migration.output()).isEqualTo(MigrationExitCode.ROWS_TO_CORRECT);
			assertGoesOn(migration.output());
			return migration.output();
		}
	}

	/**
	 * The chunk that was written last may be written again, as its commit is not shown.
	 */
	private void assertGoesOn(String output) {
		List<Long> lines = numbers(PROGRESS, output).toList();
		if (!lines.isEmpty()) {
			assertThat(lines.get(0)).as(output).isGreaterThanOrEqualTo(this.reached);
			this.reached = lastLine(output);
		}
	}

	private JavaProcess migration(Class<?> main, String... options) throws Exception {
		List<String> all = new ArrayList<>(Arrays.asList(options));
		all.add("-Xmx256m");
		return new JavaProcess(all, main,
				List.of("--spring.batch.job.name=import", this.server.argument(),
						"--migration.chunk-size=" + CHUNK_SIZE,
						"--spring.datasource.url=jdbc:h2:file:" + this.folder.resolve("jobs") + ";WRITE_DELAY=0",
						"input=" + this.input));
	}

	private int assertEachRowIsThereOnceOrReported(Map<String, Identity> before) throws Exception {
		Map<String, Identity> after = identities();
		assertThat(after).containsAllEntriesOf(before);
		Map<String, Identity> created = new HashMap<>(after);
		created.keySet().removeAll(before.keySet());
		Map<String, List<Identity>> byLastName = Stream.concat(created.values().stream(), before.values().stream())
			.collect(Collectors.groupingBy((identity) -> identity.traits().at("/name/last").asString()));
		Map<Integer, String> reported = reported();
		int expected = 0;
		for (Person person : this.people) {
			List<Identity> found = byLastName.getOrDefault(person.lastName(), List.of());
			boolean isReported = reported.containsKey(person.line());
			assertThat(found).as(person.toString()).hasSize(isReported ? 0 : 1);
			assertThat(isReported).as(person + " " + reported.get(person.line())).isEqualTo(mayFail(person, reported));
			if (!isReported) {
				assertIsOf(person, found.get(0));
				expected += (person.kind() != Kind.THERE_BEFORE) ? 1 : 0;
			}
		}
		assertThat(created).hasSize(expected);
		assertThat(reported.values()).allSatisfy((reason) -> assertThat(reason).isNotBlank());
		print("Compared %d rows with %d identities: %d created, %d reported".formatted(this.people.size(), after.size(),
				created.size(), reported.size()));
		return reported.size();
	}

	/**
	 * Of two rows with the same email address or external id, either may come first.
	 */
	private boolean mayFail(Person person, Map<Integer, String> reported) {
		if (person.kind().isDuplicate()) {
			return !reported.containsKey(person.line() - 1);
		}
		boolean isDuplicated = person.line() - 1 < this.people.size()
				&& this.people.get(person.line() - 1).kind().isDuplicate();
		return isDuplicated ? !reported.containsKey(person.line() + 1) : person.kind().mustFail();
	}

	private void assertIsOf(Person person, Identity identity) {
		assertThat(identity.traits().path("email").asString()).isEqualTo(person.email());
		assertThat(identity.traits().at("/name/first").asString()).isEqualTo("Person");
		assertThat(identity.externalId()).isEqualTo(person.externalId());
	}

	/**
	 * Returns the reasons of the rows that were not created, by line.
	 */
	private Map<Integer, String> reported() throws Exception {
		JsonMapper mapper = new JsonMapper();
		Map<Integer, String> reported = new HashMap<>();
		for (String line : Files.readAllLines(ImportFiles.failed(this.input.toString(), "import"))) {
			JsonNode outcome = mapper.readTree(line);
			assertThat(outcome.path("outcome").asString()).isEqualTo("FAILED");
			assertThat(reported.put(outcome.path("row").asInt(), outcome.path("reason").asString()))
				.as("Reported twice: %s", line)
				.isNull();
		}
		return reported;
	}

	private Map<String, Identity> identities() {
		try (Stream<Identity> identities = this.kratosAdmin.identities().streamIdentities()) {
			return identities.collect(Collectors.toMap(Identity::id, (identity) -> identity));
		}
	}

	private long kinds(Kind kind) {
		return this.people.stream().filter((person) -> person.kind() == kind).count();
	}

	private static long lastLine(String output) {
		return number(PROGRESS, output);
	}

	/**
	 * Returns the last number that a pattern finds, or 0.
	 */
	private static long number(Pattern pattern, String output) {
		return numbers(pattern, output).reduce(0L, (first, second) -> second);
	}

	private static Stream<Long> numbers(Pattern pattern, String output) {
		return pattern.matcher(output).results().map((result) -> Long.valueOf(result.group(1).replace(",", "")));
	}

	private static void print(String text) {
		System.out.println("KillTests: " + text);
	}

}
