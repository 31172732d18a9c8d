package io.github.kratosadmin.samples.migration;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.integration.partition.StepExecutionRequest;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.messaging.Message;
import org.springframework.transaction.CannotCreateTransactionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link PatientPartitionHandler}. A second passes with each look at the
 * repository.
 */
class PatientPartitionHandlerTests {

	private TestRepository repository;

	private StepExecution manager;

	private StepExecution first;

	private StepExecution second;

	private final List<Message<?>> requests = new ArrayList<>();

	@BeforeEach
	void createPartitions() throws Exception {
		this.repository = new TestRepository();
		this.manager = this.repository.createStep("import");
		this.first = this.repository.createStep("import:partition0");
		this.second = this.repository.createStep("import:partition1");
	}

	@AfterEach
	void close() {
		this.repository.close();
	}

	@Test
	void requestsEveryPartitionOnceAndReturnsThemWhenTheyHaveEnded() throws Exception {
		Collection<StepExecution> ended = handle((second) -> {
			update(this.first, BatchStatus.COMPLETED);
			update(this.second, BatchStatus.COMPLETED);
		});
		assertThat(this.requests).extracting(Message::getPayload)
			.extracting((request) -> ((StepExecutionRequest) request).getStepExecutionId())
			.containsExactlyInAnyOrder(this.first.getId(), this.second.getId());
		assertThat(ended).hasSize(2).allMatch((partition) -> partition.getStatus() == BatchStatus.COMPLETED);
	}

	@Test
	void givesUpAStartedPartitionThatDoesNotChangeAndWaitsForTheOthers() throws Exception {
		handle((second) -> {
			if (second == 1) {
				update(this.first, BatchStatus.STARTED);
			}
			update(this.second, (second < 60) ? BatchStatus.STARTED : BatchStatus.COMPLETED);
		});
		StepExecution givenUp = this.repository.read(this.first);
		assertThat(givenUp.getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(givenUp.getEndTime()).isNotNull();
		assertThat(givenUp.getExitStatus())
			.isEqualTo(ExitStatus.FAILED.addExitDescription("Given up: it has made no progress for PT10S"));
		assertThat(this.repository.read(this.second).getStatus()).isEqualTo(BatchStatus.COMPLETED);
	}

	@Test
	void doesNotGiveUpAPartitionThatWaitsForAWorkerWhileAnotherMakesProgress() throws Exception {
		handle((second) -> {
			update(this.second, (second < 60) ? BatchStatus.STARTED : BatchStatus.COMPLETED);
			if (second == 61) {
				update(this.first, BatchStatus.COMPLETED);
			}
		});
		assertThat(this.repository.read(this.first).getStatus()).isEqualTo(BatchStatus.COMPLETED);
	}

	@Test
	void givesUpAPartitionThatNoWorkerTakesAfterTheOthersHaveEnded() throws Exception {
		handle((second) -> {
			if (second == 30) {
				update(this.second, BatchStatus.COMPLETED);
			}
			else if (second < 30) {
				update(this.second, BatchStatus.STARTED);
			}
		});
		assertThat(this.repository.read(this.first).getStatus()).isEqualTo(BatchStatus.FAILED);
	}

	@Test
	void givesUpAllIfThereIsNoWorker() throws Exception {
		List<Integer> looks = new ArrayList<>();
		handle(looks::add);
		assertThat(this.repository.read(this.first).getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(this.repository.read(this.second).getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(looks).as("ten seconds, and a look at what has been given up").hasSize(12);
	}

	@Test
	void doesNotGiveUpAPartitionThatEndsWhileItIsGivenUp() throws Exception {
		handle((second) -> {
			// the handler has read the partitions and finds both stalled
			if (second == 11) {
				update(this.first, BatchStatus.COMPLETED);
				update(this.second, BatchStatus.COMPLETED);
			}
		});
		assertThat(this.repository.read(this.first).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.repository.read(this.second).getStatus()).isEqualTo(BatchStatus.COMPLETED);
	}

	@Test
	void theWorkerOfAPartitionThatIsGivenUpCannotChangeItAnyMore() throws Exception {
		update(this.first, BatchStatus.STARTED);
		StepExecution orphan = this.repository.read(this.first);
		handle((second) -> {
			if (second == 1) {
				update(this.second, BatchStatus.COMPLETED);
			}
		});
		orphan.setStatus(BatchStatus.COMPLETED);
		assertThatExceptionOfType(OptimisticLockingFailureException.class)
			.isThrownBy(() -> this.repository.get().update(orphan));
		assertThat(this.repository.read(this.first).getStatus()).isEqualTo(BatchStatus.FAILED);
	}

	@Test
	void givesUpWhatHasNotEndedIfTheManagerFails() throws Exception {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> handle((second) -> {
			if (second == 1) {
				update(this.first, BatchStatus.COMPLETED);
				update(this.second, BatchStatus.STARTED);
			}
			else {
				throw new IllegalStateException("interrupted");
			}
		})).withCauseInstanceOf(IllegalStateException.class);
		assertThat(this.repository.read(this.first).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.repository.read(this.second).getStatus()).isEqualTo(BatchStatus.FAILED);
	}

	@Test
	void goesOnAfterAJobRepositoryThatDidNotRespondForLessThanItsPatience() throws Exception {
		JobRepository repository = failing(new CannotCreateTransactionException("no connection"),
				new DataAccessResourceFailureException("no response"), new QueryTimeoutException("no result"));
		Collection<StepExecution> ended = handle(repository, (second) -> {
			update(this.first, BatchStatus.COMPLETED);
			update(this.second, BatchStatus.COMPLETED);
		});
		assertThat(ended).hasSize(2).allMatch((partition) -> partition.getStatus() == BatchStatus.COMPLETED);
	}

	@Test
	void showsWhyItFailedIfTheJobRepositoryDoesNotRespondAfterItsPatienceEither() {
		RuntimeException[] failures = IntStream.range(0, 100)
			.mapToObj((number) -> new CannotCreateTransactionException("no connection " + number))
			.toArray(RuntimeException[]::new);
		JobRepository repository = failing(failures);
		List<Integer> looks = new ArrayList<>();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> handle(repository, looks::add))
			.withCause(failures[10])
			.satisfies((ex) -> assertThat(ex).hasSuppressedException(failures[11]));
		assertThat(looks).as("the first failure, and ten seconds").hasSize(11);
	}

	@Test
	void failsAtOnceWithAFailureThatIsNotOfTheConnection() {
		JobRepository repository = failing(new BadSqlGrammarException("look", "select", new SQLException()));
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> handle(repository, (second) -> {
		})).withCauseInstanceOf(BadSqlGrammarException.class);
	}

	/**
	 * Returns a repository that fails before it responds.
	 */
	private JobRepository failing(RuntimeException... failures) {
		Iterator<RuntimeException> next = List.of(failures).iterator();
		JobRepository repository = mock(JobRepository.class, delegatesTo(this.repository.get()));
		doAnswer((invocation) -> {
			if (next.hasNext()) {
				throw next.next();
			}
			return this.repository.get().getJobExecution(invocation.getArgument(0));
		}).when(repository).getJobExecution(anyLong());
		return repository;
	}

	private Collection<StepExecution> handle(IntConsumer everySecond) throws Exception {
		return handle(this.repository.get(), everySecond);
	}

	private Collection<StepExecution> handle(JobRepository repository, IntConsumer everySecond) throws Exception {
		int[] seconds = { 0 };
		PatientPartitionHandler handler = new PatientPartitionHandler(repository,
				(message, timeout) -> this.requests.add(message), "importRange", 2, Duration.ofSeconds(10),
				Duration.ZERO, () -> {
					everySecond.accept(++seconds[0]);
					return Duration.ofSeconds(seconds[0]).toNanos();
				});
		StepExecutionSplitter splitter = new StepExecutionSplitter() {

			@Override
			public String getStepName() {
				return "import";
			}

			@Override
			public Set<StepExecution> split(StepExecution manager, int gridSize) {
				return Set.of(PatientPartitionHandlerTests.this.first, PatientPartitionHandlerTests.this.second);
			}

		};
		return handler.handle(splitter, this.manager);
	}

	private void update(StepExecution stepExecution, BatchStatus status) {
		StepExecution current = this.repository.read(stepExecution);
		current.setStatus(status);
		this.repository.get().update(current);
	}

}
