package io.github.kratosadmin.samples.migration;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * A job repository in memory with one execution of a job.
 */
final class TestRepository implements AutoCloseable {

	private final EmbeddedDatabase database = new EmbeddedDatabaseBuilder().setType(EmbeddedDatabaseType.H2)
		.generateUniqueName(true)
		.addScript("/org/springframework/batch/core/schema-h2.sql")
		.build();

	private final PlatformTransactionManager transactionManager = new JdbcTransactionManager(this.database);

	private final JobRepository jobRepository;

	private final JobExecution jobExecution;

	TestRepository() throws Exception {
		JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
		factory.setDataSource(this.database);
		factory.setTransactionManager(this.transactionManager);
		factory.afterPropertiesSet();
		this.jobRepository = factory.getObject();
		this.jobExecution = this.jobRepository.createJobExecution(
				this.jobRepository.createJobInstance("job", new JobParameters()), new JobParameters(),
				new ExecutionContext());
	}

	JobRepository get() {
		return this.jobRepository;
	}

	PlatformTransactionManager transactionManager() {
		return this.transactionManager;
	}

	StepExecution createStep(String name) {
		return this.jobRepository.createStepExecution(name, this.jobExecution);
	}

	StepExecution read(StepExecution stepExecution) {
		return this.jobRepository.getStepExecution(stepExecution.getId());
	}

	@Override
	public void close() {
		this.database.shutdown();
	}

}
