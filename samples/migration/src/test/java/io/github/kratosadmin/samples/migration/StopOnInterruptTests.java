package io.github.kratosadmin.samples.migration;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StepInterruptionPolicy;
import org.springframework.batch.core.step.ThreadStepInterruptionPolicy;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.support.ListItemReader;

import static org.assertj.core.api.Assertions.assertThat;

class StopOnInterruptTests {

	private final List<Integer> written = new ArrayList<>();

	@Test
	void stopsAStepWhoseThreadIsInterrupted() throws Exception {
		assertThat(statusAfterInterrupt(new StopOnInterrupt())).isEqualTo(BatchStatus.STOPPED);
		assertThat(this.written).containsExactly(1, 2);
		assertThat(Thread.interrupted()).isFalse();
	}

	@Test
	void isNeededAsThePolicyOfSpringBatchCompletesTheStep() throws Exception {
		assertThat(statusAfterInterrupt(new ThreadStepInterruptionPolicy())).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.written).containsExactly(1, 2);
		assertThat(Thread.interrupted()).isTrue();
	}

	private BatchStatus statusAfterInterrupt(StepInterruptionPolicy policy) throws Exception {
		try (TestRepository repository = new TestRepository()) {
			StepExecution execution = repository.createStep("step");
			new StepBuilder("step", repository.get()).<Integer, Integer>chunk(2)
				.transactionManager(repository.transactionManager())
				.reader(new ListItemReader<>(List.of(1, 2, 3, 4)))
				.writer((chunk) -> {
					this.written.addAll(chunk.getItems());
					Thread.currentThread().interrupt();
				})
				.interruptionPolicy(policy)
				.build()
				.execute(execution);
			return execution.getStatus();
		}
	}

}
