package io.github.kratosadmin.samples.migration;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StepLocator;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.integration.partition.StepExecutionRequest;

import static org.assertj.core.api.Assertions.assertThat;

class PartitionWorkerTests {

	private TestRepository repository;

	private final List<Long> executed = new ArrayList<>();

	@BeforeEach
	void createRepository() throws Exception {
		this.repository = new TestRepository();
	}

	@AfterEach
	void close() {
		this.repository.close();
	}

	@Test
	void doesAPartitionThatNobodyHasBegun() {
		StepExecution partition = this.repository.createStep("import:partition0");
		handle(partition);
		assertThat(this.executed).containsExactly(partition.getId());
		assertThat(this.repository.read(partition).getStatus()).isEqualTo(BatchStatus.COMPLETED);
	}

	@ParameterizedTest
	@EnumSource(value = BatchStatus.class, mode = EnumSource.Mode.EXCLUDE, names = "STARTING")
	void ignoresAPartitionThatSomebodyHasBegunOrGivenUp(BatchStatus status) {
		StepExecution partition = this.repository.createStep("import:partition0");
		partition.setStatus(status);
		this.repository.get().update(partition);
		handle(partition);
		assertThat(this.executed).isEmpty();
		assertThat(this.repository.read(partition).getStatus()).isEqualTo(status);
	}

	@Test
	void ignoresAPartitionThatIsNotInTheRepositoryAnyMore() {
		StepExecution partition = this.repository.createStep("import:partition0");
		this.repository.get().deleteStepExecution(partition);
		handle(partition);
		assertThat(this.executed).isEmpty();
	}

	@Test
	void ignoresAPartitionThatIsGivenUpWhileItBegins() {
		StepExecution partition = this.repository.createStep("import:partition0");
		StepExecution seenByManager = this.repository.read(partition);
		handle(partition, () -> {
			seenByManager.setStatus(BatchStatus.FAILED);
			this.repository.get().update(seenByManager);
		});
		assertThat(this.executed).isEmpty();
		assertThat(this.repository.read(partition).getStatus()).isEqualTo(BatchStatus.FAILED);
	}

	private void handle(StepExecution partition) {
		handle(partition, () -> {
		});
	}

	private void handle(StepExecution partition, Runnable beforeStep) {
		Step step = new StepBuilder("import", this.repository.get()).tasklet((contribution, context) -> {
			this.executed.add(contribution.getStepExecution().getId());
			return RepeatStatus.FINISHED;
		}, this.repository.transactionManager()).build();
		StepLocator steps = (name) -> {
			assertThat(name).isEqualTo("importStep");
			beforeStep.run();
			return step;
		};
		new PartitionWorker(this.repository.get(), steps)
			.handle(new StepExecutionRequest("importStep", partition.getId()));
	}

}
