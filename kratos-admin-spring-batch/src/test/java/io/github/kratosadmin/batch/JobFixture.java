package io.github.kratosadmin.batch;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.configuration.annotation.EnableJdbcJobRepository;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.item.support.AbstractItemCountingItemStreamItemReader;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.batch.autoconfigure.BatchAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Runs a job of one step, with H2 as its job repository or with one that keeps nothing.
 */
final class JobFixture implements AutoCloseable {

	private static final List<String> TABLES = List.of("BATCH_JOB_INSTANCE", "BATCH_JOB_EXECUTION",
			"BATCH_JOB_EXECUTION_PARAMS", "BATCH_JOB_EXECUTION_CONTEXT", "BATCH_STEP_EXECUTION",
			"BATCH_STEP_EXECUTION_CONTEXT");

	private final AnnotationConfigApplicationContext context;

	private JobFixture(Class<?> configuration) {
		this.context = new AnnotationConfigApplicationContext(configuration);
	}

	static JobFixture withDatabase() {
		return new JobFixture(Database.class);
	}

	static JobFixture withoutDatabase() {
		return new JobFixture(Resourceless.class);
	}

	/**
	 * Starts the job, or goes on with it if it has failed.
	 */
	<T> JobExecution run(List<T> items, ItemWriter<T> writer, Consumer<ChunkOrientedStepBuilder<?, ?>> options)
			throws Exception {
		JobRepository repository = this.context.getBean(JobRepository.class);
		ChunkOrientedStepBuilder<T, T> step = new StepBuilder("people", repository).<T, T>chunk(5)
			.transactionManager(this.context.getBean(PlatformTransactionManager.class))
			.reader(new ListReader<>(items))
			.writer(writer);
		options.accept(step);
		return this.context.getBean(JobOperator.class)
			.start(new JobBuilder("people", repository).start(step.build()).build(), new JobParameters());
	}

	static StepExecution step(JobExecution execution) {
		return execution.getStepExecutions().iterator().next();
	}

	static long count(JobExecution execution, String name) {
		return step(execution).getExecutionContext().getLong("people." + name);
	}

	/**
	 * Returns all that the job repository has stored, with the decoded contexts.
	 */
	String stored() {
		JdbcTemplate jdbc = this.context.getBean(JdbcTemplate.class);
		StringBuilder stored = new StringBuilder();
		TABLES.forEach((table) -> stored.append(jdbc.queryForList("select * from " + table)).append('\n'));
		List.of("JOB", "STEP")
			.forEach((kind) -> jdbc
				.queryForList("select short_context from batch_" + kind + "_execution_context", String.class)
				.forEach((context) -> stored
					.append(new String(Base64.getDecoder().decode(context), StandardCharsets.ISO_8859_1))));
		return stored.toString();
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableBatchProcessing
	@EnableJdbcJobRepository
	static class Database {

		@Bean
		EmbeddedDatabase dataSource() {
			return new EmbeddedDatabaseBuilder().setType(EmbeddedDatabaseType.H2)
				.generateUniqueName(true)
				.addScript("/org/springframework/batch/core/schema-h2.sql")
				.build();
		}

		@Bean
		JdbcTransactionManager transactionManager(EmbeddedDatabase dataSource) {
			return new JdbcTransactionManager(dataSource);
		}

		@Bean
		JdbcTemplate jdbcTemplate(EmbeddedDatabase dataSource) {
			return new JdbcTemplate(dataSource);
		}

	}

	/** As with {@code spring-boot-starter-batch} alone. */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(BatchAutoConfiguration.class)
	static class Resourceless {

		@Bean
		PlatformTransactionManager transactionManager() {
			return new ResourcelessTransactionManager();
		}

	}

	private static final class ListReader<T> extends AbstractItemCountingItemStreamItemReader<T> {

		private final List<T> items;

		private int next;

		private ListReader(List<T> items) {
			setName("list");
			this.items = items;
		}

		@Override
		protected T doRead() {
			return this.items.get(this.next++);
		}

		@Override
		protected void doOpen() {
			this.next = 0;
			setMaxItemCount(this.items.size());
		}

		@Override
		protected void jumpToItem(int index) {
			this.next = index;
		}

		@Override
		protected void doClose() {
		}

	}

}
