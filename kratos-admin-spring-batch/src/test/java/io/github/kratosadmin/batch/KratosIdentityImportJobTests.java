package io.github.kratosadmin.batch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.batch.FaultyGateway.Fault;
import io.github.kratosadmin.batch.RowOutcome.Outcome;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.ImportCredentials;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.listener.ItemReadListener;
import org.springframework.batch.core.listener.ItemWriteListener;
import org.springframework.batch.core.listener.SkipListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link KratosIdentityImportItemWriter} in a job that is restarted.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class KratosIdentityImportJobTests {

	private static final int ROWS = 100;

	private static final int CHUNK_SIZE = 5;

	private static final String CANARY = "canary";

	private static final int UNREADABLE = 37;

	private static final int INVALID = 53;

	private static final int BAD_HASH = 64;

	private static final int CONFLICT = 71;

	private static final List<Integer> BAD = List.of(UNREADABLE, INVALID, BAD_HASH, CONFLICT);

	@TempDir
	private Path folder;

	@AutoClose
	private final EmbeddedKratos kratos = EmbeddedKratos.start();

	@AutoClose
	private final FaultyGateway gateway = new FaultyGateway(this.kratos.adminUrl());

	@AutoClose
	private final KratosAdmin direct = ReaderFixture.client(this.kratos);

	@AutoClose
	private final JobFixture jobs = JobFixture.withDatabase();

	private final List<IdentityRow> rows = IntStream.range(0, ROWS)
		.mapToObj(KratosIdentityImportJobTests::row)
		.toList();

	private ImportIdentities options = ImportIdentities.builder().chunkSize(2).maxPause(Duration.ZERO).build();

	private RowOutcomeListener outcomes = (outcome) -> {
	};

	private boolean skippable;

	private Consumer<ChunkOrientedStepBuilder<?, ?>> step = (step) -> {
	};

	@BeforeEach
	void createConflict() {
		this.direct.identities().createIdentity(identity(CONFLICT).traits(Map.of("email", email(CONFLICT))).build());
	}

	private static String email(int row) {
		return CANARY + row + "@example.test";
	}

	private static CreateIdentity.Builder identity(int row) {
		return CreateIdentity.builder()
			.traits(Map.of("email", email(row), "name", Map.of("first", CANARY + "-first", "last", CANARY + "-last")))
			.metadataPublic(Map.of("note", CANARY + "-public"))
			.metadataAdmin(Map.of("note", CANARY + "-admin"))
			.credentials(ImportCredentials.builder()
				.hashedPassword("$2a$04$" + CANARY + "JLmT2tzuJLdE6fkOsZYS/aV95kn0hqjhyoxQLrNq4GrYZ.")
				.build());
	}

	private static IdentityRow row(int row) {
		return switch (row) {
			case UNREADABLE -> IdentityRow.unreadable(row, "The line is not JSON");
			case INVALID -> IdentityRow.of(row, identity(row).traits(Map.of("email", CANARY + " is invalid")).build());
			case BAD_HASH -> IdentityRow.of(row,
					identity(row).credentials(ImportCredentials.builder().hashedPassword(CANARY).build()).build());
			default -> IdentityRow.of(row,
					(row % 2 == 0) ? identity(row).externalId("crm-" + row).build() : identity(row).build());
		};
	}

	private Path deadLetters() {
		return this.folder.resolve("dead.ndjson");
	}

	private StepExecution run() throws Exception {
		try (KratosAdmin admin = KratosAdmin.builder().baseUrl(this.gateway.url().toString()).build()) {
			KratosIdentityImportItemWriter writer = new KratosIdentityImportItemWriterBuilder().name("people")
				.kratosAdmin(admin)
				.options(this.options)
				.marker("people")
				.skippable(this.skippable)
				.listener(this.outcomes)
				.deadLetterWriter(new KratosDeadLetterFileItemWriterBuilder().name("dead").file(deadLetters()).build())
				.build();
			return JobFixture.step(this.jobs.run(this.rows, writer, this.step));
		}
	}

	/**
	 * Checks that each row is on the server once or reported once, and nothing else.
	 */
	private void checkServer() throws Exception {
		Map<String, Identity> byEmail = new HashMap<>();
		try (Stream<Identity> identities = this.direct.identities().streamIdentities()) {
			identities
				.forEach((identity) -> assertThat(byEmail.put(identity.traits().path("email").asString(), identity))
					.as("identity twice")
					.isNull());
		}
		for (int row = 0; row < ROWS; row++) {
			Identity identity = byEmail.remove(email(row));
			if (!BAD.contains(row)) {
				assertThat(identity).as("row " + row).isNotNull();
				assertThat(identity.externalId()).isEqualTo((row % 2 == 0) ? "crm-" + row : null);
				JsonNode metadata = identity.metadataAdmin();
				assertThat(metadata.path("note").asString()).isEqualTo(CANARY + "-admin");
				assertThat(metadata.path(RowMarker.KEY).asString(null))
					.isEqualTo((row % 2 == 0) ? null : "people:" + row);
				assertThat(identity.traits().path("name").path("first").asString()).isEqualTo(CANARY + "-first");
			}
			else {
				assertThat(identity != null).as("row " + row).isEqualTo(row == CONFLICT);
			}
		}
		assertThat(byEmail).isEmpty();
	}

	private List<Integer> deadRows() throws Exception {
		return Files.readAllLines(deadLetters())
			.stream()
			.map((line) -> JsonMapper.shared().readTree(line).path("row").asInt())
			.toList();
	}

	private static long count(StepExecution execution, String name) {
		return execution.getExecutionContext().getLong("people." + name);
	}

	/**
	 * Checks the result of a job that is complete.
	 * @param again the number of rows that were there already
	 */
	private void checkComplete(StepExecution execution, int again) throws Exception {
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		checkServer();
		assertThat(deadRows()).containsExactlyElementsOf(BAD);
		assertThat(count(execution, "failed")).isEqualTo(BAD.size());
		assertThat(count(execution, "unknown")).isZero();
		assertThat(count(execution, "done")).isEqualTo(ROWS - BAD.size() - again);
		assertThat(count(execution, "already.done")).isEqualTo(again);
	}

	@Test
	void importsEachRowOnceAndReportsTheOthers() throws Exception {
		checkComplete(run(), 0);
	}

	// Crashes

	/** Where the process ends. */
	enum Point {

		BEFORE_SENDING,

		AFTER_RESPONSE,

		BEFORE_COMMIT,

		AFTER_COMMIT

	}

	@ParameterizedTest
	@EnumSource(Point.class)
	void goesOnAfterACrash(Point point) throws Exception {
		AtomicInteger chunks = new AtomicInteger();
		AtomicBoolean crashed = new AtomicBoolean();
		this.outcomes = (outcome) -> crash(crashed, point == Point.AFTER_RESPONSE && outcome.row() == 17);
		this.step = (step) -> step.listener(new ItemWriteListener<>() {

			@Override
			public void beforeWrite(Chunk<? extends Object> items) {
				crash(crashed, chunks.getAndIncrement() == 3 && point == Point.BEFORE_SENDING);
			}

			@Override
			public void afterWrite(Chunk<? extends Object> items) {
				crash(crashed, chunks.get() == 4 && point == Point.BEFORE_COMMIT);
			}

		}).listener(new ItemReadListener<>() {

			@Override
			public void beforeRead() {
				crash(crashed, chunks.get() == 4 && point == Point.AFTER_COMMIT);
			}

		});
		StepExecution first = run();
		assertThat(first.getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(crashed).isTrue();
		boolean committed = point == Point.AFTER_COMMIT;
		assertThat(count(first, "done") + count(first, "failed")).isEqualTo((committed ? 4 : 3) * CHUNK_SIZE);
		boolean again = point == Point.AFTER_RESPONSE || point == Point.BEFORE_COMMIT;
		checkComplete(run(), again ? CHUNK_SIZE : 0);
	}

	private static void crash(AtomicBoolean crashed, boolean condition) {
		if (condition && crashed.compareAndSet(false, true)) {
			throw new IllegalStateException("crash");
		}
	}

	// Faults

	@Test
	void findsOutWhatBecameOfRowsWithoutAResponse() throws Exception {
		Set<String> lost = ConcurrentHashMap.newKeySet();
		this.gateway.faults((request) -> {
			// The first request that begins with a certain row.
			Matcher first = Pattern.compile(CANARY + "(\\d+)@").matcher(request.body());
			if (!request.isImport() || !first.find() || !List.of("10", "30", "50").contains(first.group(1))
					|| !lost.add(first.group(1))) {
				return Fault.NONE;
			}
			return first.group(1).equals("30") ? Fault.REQUEST_LOST : Fault.RESPONSE_LOST;
		});
		StepExecution execution = run();
		assertThat(lost).hasSize(3);
		assertThat(count(execution, "resolved")).isGreaterThanOrEqualTo(lost.size());
		checkComplete(execution, 0);
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 503 })
	void ridesOutFailuresOfTheServer(int status) throws Exception {
		this.options = ImportIdentities.builder().chunkSize(2).build();
		this.kratos.failNext(1, status);
		checkComplete(run(), 0);
	}

	@ParameterizedTest
	@EnumSource(names = { "REQUEST_LOST", "RESPONSE_LOST", "BAD_GATEWAY", "FORBIDDEN" })
	void aServerThatFailsForLongFailsTheStepUntilTheJobIsRestarted(Fault fault) throws Exception {
		AtomicInteger imports = new AtomicInteger();
		AtomicBoolean down = new AtomicBoolean();
		this.gateway.faults((request) -> {
			down.compareAndSet(false, request.isImport() && imports.incrementAndGet() == 8);
			return down.get() ? fault : Fault.NONE;
		});
		StepExecution first = run();
		assertThat(first.getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(count(first, "done")).isLessThan(ROWS / 2);
		this.gateway.faults((request) -> Fault.NONE);
		StepExecution second = run();
		assertThat(second.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		checkServer();
		assertThat(deadRows()).containsExactlyElementsOf(BAD);
	}

	// Stop

	@Test
	void aStopOfTheImportStopsTheStep() throws Exception {
		AtomicInteger checks = new AtomicInteger();
		this.options = ImportIdentities.builder().chunkSize(2).stop(() -> checks.incrementAndGet() > 50).build();
		StepExecution first = run();
		assertThat(first.getStatus()).isEqualTo(BatchStatus.STOPPED);
		this.options = ImportIdentities.builder().chunkSize(2).build();
		assertThat(run().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		checkServer();
		assertThat(deadRows()).containsExactlyElementsOf(BAD);
	}

	@Test
	void aStopOfTheImportFailsAFaultTolerantStep() throws Exception {
		this.step = ChunkOrientedStepBuilder::faultTolerant;
		this.options = ImportIdentities.builder().chunkSize(2).stop(() -> true).build();
		assertThat(run().getStatus()).isEqualTo(BatchStatus.FAILED);
		this.options = ImportIdentities.builder().chunkSize(2).build();
		checkComplete(run(), 0);
	}

	// Skips

	@Test
	void springBatchSkipsTheRowsOfASkippableWriter() throws Exception {
		this.skippable = true;
		List<Long> skipped = new ArrayList<>();
		this.step = (
				step) -> step.faultTolerant().skip(RowsFailedException.class).skipLimit(10).listener(addingTo(skipped));
		StepExecution execution = run();
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		checkServer();
		assertThat(skipped).containsExactlyElementsOf(BAD.stream().map(Integer::longValue).toList());
		assertThat(execution.getWriteSkipCount()).isEqualTo(BAD.size());
		assertThat(count(execution, "failed")).isZero();
		assertThat(count(execution, "done") + count(execution, "already.done")).isEqualTo(ROWS - BAD.size());
	}

	@Test
	void springBatchGoesOnWithTheRowThatItWroteAloneWhenItEnded() throws Exception {
		this.skippable = true;
		List<Long> skipped = new ArrayList<>();
		AtomicBoolean ended = new AtomicBoolean();
		this.step = (step) -> step.faultTolerant()
			.skip(RowsFailedException.class)
			.skipLimit(10)
			.listener(addingTo(skipped))
			.listener(new ItemWriteListener<Object>() {

				@Override
				public void beforeWrite(Chunk<?> items) {
					if (items.size() == 1 && ((IdentityRow) items.getItems().get(0)).row() == INVALID - 1
							&& !ended.getAndSet(true)) {
						throw new AssertionError("The process ends");
					}
				}

			});
		assertThat(run().getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(run().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(skipped).containsExactlyElementsOf(BAD.stream().map(Integer::longValue).toList());
		checkServer();
	}

	@Test
	void springBatchSkipsNeighboursForWhichTheServerFails() throws Exception {
		this.skippable = true;
		List<Long> skipped = new ArrayList<>();
		this.step = (
				step) -> step.faultTolerant().skip(RowsFailedException.class).skipLimit(10).listener(addingTo(skipped));
		this.gateway.faults((request) -> (request.isImport()
				&& (request.body().contains(email(21)) || request.body().contains(email(22)))) ? Fault.BAD_GATEWAY
						: Fault.NONE);
		assertThat(run().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(skipped).containsExactly(21L, 22L, (long) UNREADABLE, (long) INVALID, (long) BAD_HASH,
				(long) CONFLICT);
	}

	@Test
	void springBatchDoesNotSkipTheRowsThatAGatewayRefusesAltogether() throws Exception {
		this.skippable = true;
		this.step = (step) -> step.faultTolerant().skip(RowsFailedException.class).skipLimit(ROWS);
		AtomicInteger imports = new AtomicInteger();
		this.gateway
			.faults((request) -> (request.isImport() && imports.incrementAndGet() > 8) ? Fault.FORBIDDEN : Fault.NONE);
		StepExecution execution = run();
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(execution.getWriteSkipCount()).isLessThanOrEqualTo(CHUNK_SIZE);
	}

	private static SkipListener<Object, Object> addingTo(List<Long> skipped) {
		return new SkipListener<>() {

			@Override
			public void onSkipInWrite(Object item, Throwable ex) {
				long row = ((IdentityRow) item).row();
				skipped.add(row);
				assertThat(((RowsFailedException) ex).getOutcomes()).extracting(RowOutcome::row).containsExactly(row);
			}

		};
	}

	// Privacy

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void nothingPersonalIsLoggedOrStored(boolean skippable, CapturedOutput output) throws Exception {
		this.skippable = skippable;
		this.step = (step) -> {
			if (skippable) {
				step.faultTolerant().skip(RowsFailedException.class).skipLimit(2);
			}
		};
		AtomicInteger imports = new AtomicInteger();
		this.gateway.faults((request) -> {
			int number = request.isImport() ? imports.incrementAndGet() : 0;
			return (number == 3) ? Fault.RESPONSE_LOST : (number > 50) ? Fault.BAD_GATEWAY : Fault.NONE;
		});
		assertThat(run().getStatus()).isEqualTo(BatchStatus.FAILED);
		this.gateway.faults((request) -> Fault.NONE);
		run();
		assertThat(this.jobs.stored()).contains("people.done", "dead.current.count").doesNotContain(CANARY);
		assertThat(output.getAll()).contains("Rolling back chunk").doesNotContain(CANARY);
		assertThat(Files.readString(deadLetters())).doesNotContain(CANARY);
		assertThat(deadRows().isEmpty()).isEqualTo(skippable);
	}

}
