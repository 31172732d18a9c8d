package io.github.kratosadmin.batch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.test.embedded.EmbeddedKratos;
import io.github.kratosadmin.test.embedded.KratosEra;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.batch.autoconfigure.BatchAutoConfiguration;
import org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of jobs that fail and are started again.
 */
@Timeout(60)
class RestartTests {

	private static final int COUNT = 60;

	private static final JobParameters PARAMETERS = new JobParametersBuilder().addString("export", "1")
		.toJobParameters();

	/** Kept in memory until the process ends, as a database would be. */
	private final String database = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

	@AutoClose
	private final EmbeddedKratos kratos = ReaderFixture.start(KratosEra.V26);

	@AutoClose
	private final KratosAdmin admin = client();

	private final Output output = new Output();

	private final ApplicationContextRunner noJobRepository = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BatchAutoConfiguration.class))
		.withUserConfiguration(Readers.class)
		.withBean(KratosAdmin.class, this::client)
		.withBean(Output.class, () -> this.output);

	private final ApplicationContextRunner jdbcJobRepository = this.noJobRepository
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, BatchJdbcAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=" + this.database);

	private final List<String> ids = new ArrayList<>();

	@BeforeEach
	void createIdentities() {
		this.ids.addAll(ReaderFixture.createIdentities(this.admin, COUNT));
	}

	@Test
	void withAJdbcJobRepositoryAStepThatFailedGoesOnAndReadsEachIdentityOnce() {
		this.output.failAfter(25);
		assertThat(run(this.jdbcJobRepository, this::stepJob)).isEqualTo(BatchStatus.FAILED);
		assertThat(this.output.committed()).isNotEmpty().hasSizeLessThan(COUNT);
		this.output.failNever();
		assertThat(run(this.jdbcJobRepository, this::stepJob)).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.output.committed()).containsExactlyInAnyOrderElementsOf(this.ids);
	}

	@Test
	void withoutAJobRepositoryAStepThatFailedBeginsAgainAndReadsEverything() {
		this.output.failAfter(25);
		assertThat(run(this.noJobRepository, this::stepJob)).isEqualTo(BatchStatus.FAILED);
		int written = this.output.committed().size();
		assertThat(written).isPositive();
		this.output.failNever();
		assertThat(run(this.noJobRepository, this::stepJob)).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.output.committed()).hasSize(written + COUNT);
	}

	@Test
	void aStepWithATaskExecutorGoesOnAndReadsEachIdentityOnce() {
		this.output.failAfter(25);
		assertThat(run(this.jdbcJobRepository, this::concurrentStepJob)).isEqualTo(BatchStatus.FAILED);
		assertThat(this.output.committed()).isNotEmpty();
		this.output.failNever();
		assertThat(run(this.jdbcJobRepository, this::concurrentStepJob)).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.output.committed()).containsExactlyInAnyOrderElementsOf(this.ids);
	}

	@Test
	void partitionsThatFailedGoOnAndReadEachIdentityOnce() {
		this.output.failAfter(25);
		assertThat(run(this.jdbcJobRepository, partitionedJob(4, "stepScopeReader"))).isEqualTo(BatchStatus.FAILED);
		assertThat(this.output.committed()).isNotEmpty().hasSizeLessThan(COUNT);
		this.output.failNever();
		assertThat(run(this.jdbcJobRepository, partitionedJob(4, "stepScopeReader"))).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.output.committed()).containsExactlyInAnyOrderElementsOf(this.ids);
	}

	@Test
	void aRestartKeepsTheNumberOfPartitions() {
		this.output.failAfter(25);
		assertThat(run(this.jdbcJobRepository, partitionedJob(4, "stepScopeReader"))).isEqualTo(BatchStatus.FAILED);
		this.output.failNever();
		assertThat(run(this.jdbcJobRepository, partitionedJob(7, "stepScopeReader"))).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.output.committed()).containsExactlyInAnyOrderElementsOf(this.ids);
		assertThat(partitions()).containsExactlyInAnyOrder("export:range0of4", "export:range1of4", "export:range2of4",
				"export:range3of4");
	}

	/**
	 * Spring Batch has stored the number of partitions by then, but no partition.
	 */
	@Test
	void partitionsThatWereNotStoredBeforeTheFailureHaveTheirRangesAfterTheRestart() {
		this.kratos.failNext(1, 503);
		assertThat(run(this.jdbcJobRepository, partitionedJob(4, "stepScopeReader"))).isEqualTo(BatchStatus.FAILED);
		assertThat(this.output.committed()).isEmpty();
		assertThat(run(this.jdbcJobRepository, partitionedJob(4, "stepScopeReader"))).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.output.committed()).containsExactlyInAnyOrderElementsOf(this.ids);
		assertThat(partitions()).hasSize(4);
	}

	/**
	 * Only the first partition can open the reader. It writes after the others have
	 * failed.
	 */
	@Test
	void partitionsThatShareAReaderAtTheSameTimeFailAndSkipNothing() {
		this.output.waitForSteps(3);
		this.jdbcJobRepository.run((context) -> {
			JobExecution execution = start(context, partitionedJob(4, "singletonReader"));
			assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
			assertThat(execution.getStepExecutions()).filteredOn((step) -> step.getStepName().startsWith("export:"))
				.filteredOn((step) -> step.getStatus() == BatchStatus.FAILED)
				.hasSize(3)
				.allSatisfy((step) -> assertThat(step.getExitStatus().getExitDescription())
					.contains(ItemStreamException.class.getName(), "@StepScope"));
		});
		assertThat(this.output.committed()).isNotEmpty();
		assertThat(run(this.jdbcJobRepository, partitionedJob(4, "stepScopeReader"))).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.output.committed()).containsExactlyInAnyOrderElementsOf(this.ids);
	}

	@Test
	void theJobRepositoryHasNoPersonalData() {
		this.output.failAfter(25);
		run(this.jdbcJobRepository, partitionedJob(4, "stepScopeReader"));
		this.kratos.failNext(100, 503);
		run(this.jdbcJobRepository, partitionedJob(4, "stepScopeReader"));
		this.jdbcJobRepository.run((context) -> {
			JdbcTemplate jdbc = new JdbcTemplate(context.getBean(DataSource.class));
			String rows = Stream
				.of("BATCH_JOB_EXECUTION", "BATCH_STEP_EXECUTION", "BATCH_STEP_EXECUTION_CONTEXT",
						"BATCH_JOB_EXECUTION_CONTEXT", "BATCH_JOB_EXECUTION_PARAMS")
				.map((table) -> jdbc.queryForList("SELECT * FROM " + table).toString())
				.collect(Collectors.joining());
			String contexts = jdbc.queryForList("SELECT SHORT_CONTEXT FROM BATCH_STEP_EXECUTION_CONTEXT", String.class)
				.stream()
				.map((context64) -> new String(Base64.getDecoder().decode(context64), StandardCharsets.ISO_8859_1))
				.collect(Collectors.joining());
			assertThat(rows).contains(KratosServerException.class.getName()).doesNotContain("@example.org");
			assertThat(contexts).contains("kratos.identity.range.after", "people.last.id")
				.doesNotContain("@example.org");
		});
	}

	private KratosAdmin client() {
		return KratosAdmin.builder().baseUrl(this.kratos.adminUrl().toString()).maxRetries(0).build();
	}

	private List<String> partitions() {
		List<String> names = new ArrayList<>();
		this.jdbcJobRepository
			.run((context) -> names.addAll(new JdbcTemplate(context.getBean(DataSource.class)).queryForList(
					"SELECT DISTINCT STEP_NAME FROM BATCH_STEP_EXECUTION WHERE STEP_NAME LIKE '%:%'", String.class)));
		return names;
	}

	private BatchStatus run(ApplicationContextRunner runner, Function<ApplicationContext, Job> job) {
		List<BatchStatus> status = new ArrayList<>();
		runner.run((context) -> status.add(start(context, job).getStatus()));
		return status.get(0);
	}

	private static JobExecution start(ApplicationContext context, Function<ApplicationContext, Job> job)
			throws Exception {
		return context.getBean(JobOperator.class).start(job.apply(context), PARAMETERS);
	}

	private Job stepJob(ApplicationContext context) {
		return job(context, step(context, "stepScopeReader", false));
	}

	private Job concurrentStepJob(ApplicationContext context) {
		return job(context, step(context, "stepScopeReader", true));
	}

	private Function<ApplicationContext, Job> partitionedJob(int gridSize, String reader) {
		return (context) -> job(context,
				new StepBuilder("exportAll", context.getBean(JobRepository.class))
					.partitioner("export", KratosIdentityRangePartitioner.craftingPageTokens(this.admin))
					.gridSize(gridSize)
					.step(step(context, reader, false))
					.taskExecutor(new SimpleAsyncTaskExecutor())
					.build());
	}

	private static Job job(ApplicationContext context, Step step) {
		return new JobBuilder("export", context.getBean(JobRepository.class)).start(step).build();
	}

	private static Step step(ApplicationContext context, String reader, boolean concurrent) {
		var step = new StepBuilder("export", context.getBean(JobRepository.class)).<Identity, Identity>chunk(4)
			.reader(context.getBean(reader, KratosIdentityItemReader.class))
			.writer(context.getBean(Output.class))
			.listener(context.getBean(Output.class))
			.transactionManager(context.getBeanProvider(PlatformTransactionManager.class)
				.getIfAvailable(ResourcelessTransactionManager::new));
		return (concurrent ? step.taskExecutor(new SimpleAsyncTaskExecutor()) : step).build();
	}

	@Configuration(proxyBeanMethods = false)
	static class Readers {

		@Bean
		@StepScope
		KratosIdentityItemReader stepScopeReader(KratosAdmin admin) {
			return reader(admin);
		}

		@Bean
		KratosIdentityItemReader singletonReader(KratosAdmin admin) {
			return reader(admin);
		}

		private static KratosIdentityItemReader reader(KratosAdmin admin) {
			return new KratosIdentityItemReaderBuilder().name("people")
				.kratosAdmin(admin)
				.query(ListIdentities.builder().pageSize(7).build())
				.build();
		}

	}

	/**
	 * Writes ids, and fails like a process that is killed: nothing of the chunk is
	 * written.
	 */
	static class Output implements ItemWriter<Identity>, StepExecutionListener {

		private final List<String> committed = Collections.synchronizedList(new ArrayList<>());

		private volatile int limit = Integer.MAX_VALUE;

		private volatile CountDownLatch steps = new CountDownLatch(0);

		void failAfter(int limit) {
			this.limit = limit;
		}

		void failNever() {
			this.limit = Integer.MAX_VALUE;
		}

		void waitForSteps(int count) {
			this.steps = new CountDownLatch(count);
		}

		@Override
		public ExitStatus afterStep(StepExecution stepExecution) {
			this.steps.countDown();
			return stepExecution.getExitStatus();
		}

		Collection<String> committed() {
			return List.copyOf(this.committed);
		}

		@Override
		public void write(Chunk<? extends Identity> chunk) throws InterruptedException {
			assertThat(this.steps.await(30, TimeUnit.SECONDS)).isTrue();
			if (this.committed.size() + chunk.size() > this.limit) {
				throw new IllegalStateException("The process is killed");
			}
			chunk.forEach((identity) -> this.committed.add(identity.id()));
		}

	}

}
