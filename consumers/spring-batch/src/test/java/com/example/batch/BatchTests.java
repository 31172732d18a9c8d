package com.example.batch;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.test.autoconfigure.AutoConfigureEmbeddedKratos;
import org.junit.jupiter.api.Test;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The job runs when the application starts.
 */
@SpringBootTest
@AutoConfigureEmbeddedKratos
class BatchTests {

	@Autowired
	private KratosAdmin kratosAdmin;

	@Autowired
	private JobRepository jobRepository;

	@Test
	void theJobImportsEachRow() {
		JobExecution execution = this.jobRepository.getLastJobExecution("import", new JobParameters());
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		StepExecution step = this.jobRepository.getLastStepExecution(execution.getJobInstance(), "import");
		assertThat(step.getExecutionContext().getLong("identities.done")).isEqualTo(3);
		assertThat(this.kratosAdmin.identities().streamIdentities()).hasSize(3);
	}

}
