package io.github.kratosadmin.samples.migration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.support.ListItemReader;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JobLockTests {

	@TempDir
	private Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:h2:tcp://localhost/jobs", "jdbc:h2:ssl://localhost/jobs",
			"jdbc:h2:file:./jobs;AUTO_SERVER=TRUE", "jdbc:h2:file:./jobs;file_lock=no", "jdbc:h2:./jobs",
			"jdbc:mysql://localhost/jobs?password=secret" })
	void refusesADatabaseThatIsNotLocked(String url) {
		assertThatExceptionOfType(NoJobLockException.class).isThrownBy(() -> new JobLock(database(url)));
	}

	@Test
	void locksAFileAndADatabaseInMemory() throws Exception {
		for (String url : List.of("jdbc:h2:mem:lock", "jdbc:h2:file:" + this.folder.resolve("jobs"))) {
			assertThatCode(new JobLock(database(url))::close).doesNotThrowAnyException();
		}
	}

	@Test
	void aProcessWithoutItsLockCannotCommitAfterAnotherHasRecoveredItsExecution() throws Exception {
		try (TestRepository repository = new TestRepository()) {
			StepExecution execution = repository.createStep("step");
			List<Integer> written = new ArrayList<>();
			new StepBuilder("step", repository.get()).<Integer, Integer>chunk(1)
				.transactionManager(repository.transactionManager())
				.reader(new ListItemReader<>(List.of(1, 2, 3)))
				.writer((chunk) -> {
					written.addAll(chunk.getItems());
					if (written.size() == 2) {
						inAnotherThread(() -> recover(repository, execution));
					}
				})
				.build()
				.execute(execution);
			assertThat(written).containsExactly(1, 2);
			StepExecution recovered = repository.read(execution);
			assertThat(recovered.getStatus()).isEqualTo(BatchStatus.FAILED);
			assertThat(recovered.getWriteCount()).isOne();
		}
	}

	/**
	 * As {@code JobOperator.recover} does with a step.
	 */
	private static void recover(TestRepository repository, StepExecution execution) {
		StepExecution running = repository.read(execution);
		running.setStatus(BatchStatus.FAILED);
		repository.get().update(running);
	}

	private static void inAnotherThread(Runnable task) {
		CompletableFuture.runAsync(task).join();
	}

	private static DataSourceProperties database(String url) {
		DataSourceProperties database = new DataSourceProperties();
		database.setUrl(url);
		database.setUsername("sa");
		database.setPassword("");
		return database;
	}

	@Test
	void doesNotShowTheParametersOfTheUrl() {
		assertThat(new JobsRunElsewhereException("jdbc:postgresql://db:5432/jobs?user=u&password=secret"))
			.hasMessageEndingWith(" jdbc:postgresql://db:5432/jobs");
		assertThat(new JobsRunElsewhereException("jdbc:h2:file:./jobs;USER=u;PASSWORD=secret"))
			.hasMessageEndingWith(" jdbc:h2:file:./jobs");
	}

}
