package io.github.kratosadmin.samples.migration;

import java.util.Objects;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StepLocator;
import org.springframework.batch.integration.partition.StepExecutionRequest;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;

/**
 * Does a partition if nobody else has done anything with it.
 * <p>
 * Spring's {@code StepExecutionRequestHandler} does what it is asked: also a partition
 * that is done, or that the manager has given up, if the request has waited in the
 * channel since an earlier run.
 */
class PartitionWorker {

	private static final Log logger = LogFactory.getLog(PartitionWorker.class);

	private final JobRepository jobRepository;

	private final StepLocator steps;

	PartitionWorker(JobRepository jobRepository, StepLocator steps) {
		this.jobRepository = jobRepository;
		this.steps = steps;
	}

	void handle(StepExecutionRequest request) {
		StepExecution partition = find(request.getStepExecutionId());
		if (partition == null || partition.getStatus() != BatchStatus.STARTING) {
			logger.info("Ignores an old request: " + request);
			return;
		}
		try {
			Step step = Objects.requireNonNull(this.steps.getStep(request.getStepName()));
			step.execute(partition);
		}
		catch (JobInterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		catch (OptimisticLockingFailureException ex) {
			// thrown only before the step begins: then its state is in the repository
			logger.info("Ignores a request that the manager has given up: " + request);
		}
	}

	private @Nullable StepExecution find(long id) {
		try {
			return this.jobRepository.getStepExecution(id);
		}
		catch (EmptyResultDataAccessException ex) {
			// thrown by the repository with a database, instead of null (seen with 6.0.6)
			return null;
		}
	}

}
