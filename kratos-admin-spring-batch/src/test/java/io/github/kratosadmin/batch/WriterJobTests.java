package io.github.kratosadmin.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.batch.FaultyGateway.Fault;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.IdentityPath;
import io.github.kratosadmin.identity.JsonPatch;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.identity.UpdateIdentity;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.retry.RetryPolicy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the writers that change identities in jobs that fail and go on.
 */
class WriterJobTests {

	private static final int COUNT = 13;

	private final EmbeddedKratos kratos = EmbeddedKratos.start();

	private final FaultyGateway gateway = new FaultyGateway(this.kratos.adminUrl());

	private final KratosAdmin direct = ReaderFixture.client(this.kratos);

	private final KratosAdmin admin = KratosAdmin.builder().baseUrl(this.gateway.url().toString()).build();

	private final List<String> ids = new ArrayList<>();

	@BeforeEach
	void createIdentities() {
		for (int i = 0; i < COUNT; i++) {
			CreateIdentity identity = CreateIdentity.builder()
				.schemaId("default")
				.traits(Map.of("email", "person" + i + "@example.org"))
				.metadataAdmin(Map.of("note", "x"))
				.build();
			this.ids.add(this.direct.identities().createIdentity(identity).id());
			this.kratos.createSession(this.ids.get(i));
		}
	}

	@AfterEach
	void close() {
		this.admin.close();
		this.direct.close();
		this.gateway.close();
		this.kratos.close();
	}

	@ParameterizedTest
	@EnumSource
	void aJobThatFailsBetweenResponseAndCommitGoesOnAndEndsAsWithoutAFailure(Change change) throws Exception {
		List<String> outcomes = new ArrayList<>();
		RowOutcomeListener failingOnce = (outcome) -> {
			outcomes.add(outcome.identityId() + " " + outcome.outcome());
			if (outcomes.size() == 7) {
				throw new IllegalStateException("between response and commit");
			}
		};
		try (JobFixture jobs = JobFixture.withDatabase()) {
			JobExecution failed = run(jobs, change, failingOnce);
			assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
			assertThat(JobFixture.count(failed, "done")).isEqualTo(5);
			JobExecution completed = run(jobs, change, failingOnce);
			assertThat(completed.getStatus()).isEqualTo(BatchStatus.COMPLETED);
			assertThat(JobFixture.count(completed, "done") + JobFixture.count(completed, "already.done"))
				.isEqualTo(COUNT);
			assertThat(JobFixture.count(completed, "failed")).isZero();
			assertThat(JobFixture.count(completed, "already.done")).isEqualTo(change.detectsRepeats() ? 5 : 0);
		}
		assertThat(this.ids).allSatisfy((id) -> change.check(this.direct, id));
	}

	@ParameterizedTest
	@EnumSource
	void aJobThatLosesAResponseGoesOn(Change change) throws Exception {
		failOnce(Fault.RESPONSE_LOST, this.ids.get(6), this.ids.get(11));
		List<RowOutcome> outcomes = new ArrayList<>();
		try (JobFixture jobs = JobFixture.withDatabase()) {
			assertThat(run(jobs, change, outcomes::add).getStatus()).isEqualTo(BatchStatus.FAILED);
			assertThat(outcomes).hasSize(5);
			assertThat(run(jobs, change, outcomes::add).getStatus()).isEqualTo(BatchStatus.FAILED);
			assertThat(outcomes).hasSize(10);
			assertThat(run(jobs, change, outcomes::add).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		}
		assertThat(outcomes).extracting(RowOutcome::identityId).isEqualTo(this.ids);
		assertThat(this.ids).allSatisfy((id) -> change.check(this.direct, id));
	}

	@ParameterizedTest
	@EnumSource
	void aStepThatRetriesGoesOnWithoutARestart(Change change) throws Exception {
		failOnce(Fault.RESPONSE_LOST, this.ids.get(6), this.ids.get(11));
		List<RowOutcome> outcomes = new ArrayList<>();
		RetryPolicy retryPolicy = RetryPolicy.builder()
			.includes(KratosUnavailableException.class, KratosServerException.class)
			.maxRetries(2)
			.delay(Duration.ZERO)
			.build();
		try (JobFixture jobs = JobFixture.withDatabase()) {
			JobExecution execution = run(jobs, change, outcomes::add,
					(step) -> step.faultTolerant().retryPolicy(retryPolicy));
			assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
			assertThat(JobFixture.count(execution, "done") + JobFixture.count(execution, "already.done"))
				.isEqualTo(COUNT);
		}
		assertThat(outcomes).extracting(RowOutcome::identityId).isEqualTo(this.ids);
		assertThat(this.ids).allSatisfy((id) -> change.check(this.direct, id));
	}

	@Test
	@SuppressWarnings("unchecked")
	void aStepThatSkipsLeavesOutAnItemThatTheServerCannotHandle() throws Exception {
		this.gateway.faults((request) -> request.path().contains(this.ids.get(6)) ? Fault.BAD_GATEWAY : Fault.NONE);
		List<RowOutcome> outcomes = new ArrayList<>();
		try (JobFixture jobs = JobFixture.withDatabase()) {
			JobExecution execution = run(jobs, Change.UPDATE, outcomes::add,
					(step) -> step.faultTolerant().skip(KratosServerException.class).skipLimit(1));
			assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
			assertThat(JobFixture.step(execution).getWriteSkipCount()).isOne();
			assertThat(JobFixture.count(execution, "done")).isEqualTo(COUNT - 1);
		}
		List<String> others = new ArrayList<>(this.ids);
		others.remove(6);
		assertThat(outcomes).extracting(RowOutcome::identityId).containsExactlyElementsOf(others);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void nothingPersonalReachesTheJobRepositoryOrTheLog(CapturedOutput output) throws Exception {
		this.gateway.faults((request) -> request.method().equals("PUT") ? Fault.QUOTED : Fault.NONE);
		try (JobFixture jobs = JobFixture.withDatabase()) {
			JobExecution execution = run(jobs, Change.UPDATE, (outcome) -> {
			});
			assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
			assertThat(JobFixture.step(execution).getExitStatus().getExitDescription())
				.contains("updateIdentity failed with status 500")
				.doesNotContain("Canary");
			assertThat(jobs.stored()).contains("FatalStepExecutionException", "batch.stepType")
				.doesNotContain("Canary");
			assertThat(output).contains("updateIdentity failed with status 500").doesNotContain("Canary");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aJobGoesOnOnlyIfItsRepositoryHasADatabase(boolean database) throws Exception {
		failOnce(Fault.REQUEST_LOST, this.ids.get(6));
		List<RowOutcome> outcomes = new ArrayList<>();
		try (JobFixture jobs = database ? JobFixture.withDatabase() : JobFixture.withoutDatabase()) {
			assertThat(run(jobs, Change.UPDATE, outcomes::add).getStatus()).isEqualTo(BatchStatus.FAILED);
			outcomes.clear();
			assertThat(run(jobs, Change.UPDATE, outcomes::add).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		}
		assertThat(outcomes).extracting(RowOutcome::identityId).isEqualTo(this.ids.subList(database ? 5 : 0, COUNT));
	}

	/**
	 * Lets the first request for each of the identities fail.
	 */
	private void failOnce(Fault fault, String... ids) {
		Set<String> left = ConcurrentHashMap.newKeySet();
		left.addAll(List.of(ids));
		this.gateway.faults((request) -> left.removeIf(request.path()::contains) ? fault : Fault.NONE);
	}

	private JobExecution run(JobFixture jobs, Change change, RowOutcomeListener listener) throws Exception {
		return run(jobs, change, listener, (step) -> {
		});
	}

	private JobExecution run(JobFixture jobs, Change change, RowOutcomeListener listener,
			Consumer<ChunkOrientedStepBuilder<?, ?>> step) throws Exception {
		return switch (change) {
			case UPDATE -> jobs.run(this.ids.stream().map(Change::update).toList(),
					configure(new KratosIdentityUpdateItemWriterBuilder(), listener).build(), step);
			case PATCH -> jobs.run(this.ids.stream().map(Change::patch).toList(),
					configure(new KratosIdentityPatchItemWriterBuilder(), listener).build(), step);
			case DELETE ->
				jobs.run(this.ids, configure(new KratosIdentityDeleteItemWriterBuilder(), listener).build(), step);
			case SESSIONS ->
				jobs.run(this.ids, configure(new KratosSessionDeleteItemWriterBuilder(), listener).build(), step);
		};
	}

	private <B extends OutcomeItemWriterBuilder<B>> B configure(B builder, RowOutcomeListener listener) {
		return builder.name("people").kratosAdmin(this.admin).listener(listener);
	}

	/**
	 * What a job does with identities.
	 */
	enum Change {

		UPDATE, PATCH, DELETE, SESSIONS;

		static IdentityUpdate update(String id) {
			return new IdentityUpdate(id,
					UpdateIdentity.builder()
						.schemaId("default")
						.traits(Map.of("email", "Canary" + id + "@example.org"))
						.metadataAdmin(Map.of("note", "CanaryNote"))
						.build());
		}

		static IdentityPatch patch(String id) {
			return new IdentityPatch(id,
					JsonPatch.builder()
						.remove(IdentityPath.metadataAdmin("note"))
						.add(IdentityPath.metadataPublic("list"), List.of(1, 2))
						.build());
		}

		/**
		 * Whether the writer detects that an item was written before.
		 */
		boolean detectsRepeats() {
			return this == DELETE;
		}

		/**
		 * Checks what has become of an identity.
		 */
		void check(KratosAdmin admin, String id) {
			switch (this) {
				case UPDATE -> assertThat(admin.identities().getIdentity(id).metadataAdmin())
					.hasToString("{\"note\":\"CanaryNote\"}");
				case PATCH -> {
					assertThat(admin.identities().getIdentity(id).metadataAdmin()).hasToString("{}");
					assertThat(admin.identities().getIdentity(id).metadataPublic()).hasToString("{\"list\":[1,2]}");
				}
				case DELETE -> assertThat(
						admin.identities().listIdentities(ListIdentities.builder().ids(List.of(id)).build()).items())
					.isEmpty();
				case SESSIONS -> assertThat(admin.sessions().listIdentitySessions(id).items()).isEmpty();
			}
		}

	}

}
