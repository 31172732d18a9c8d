package io.github.kratosadmin.samples.migration;

import java.util.List;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/**
 * Marks the executions whose process is gone as failed, so that Spring Batch restarts
 * them. In the job repository they still run. {@link JobOperator#recover(JobExecution)}
 * does not check whether they do, but this process has the {@link JobLock}: no other one
 * lives.
 */
@Component
@Profile("!worker")
@Order(-1) // Before the runner of Spring Boot, which starts the job.
class InterruptedJobs implements ApplicationRunner {

	private static final int MAX_ATTEMPTS = 1000;

	private final JobRepository jobRepository;

	private final JobOperator jobOperator;

	private final List<Job> jobs;

	InterruptedJobs(JobRepository jobRepository, JobOperator jobOperator, List<Job> jobs, JobLock jobLock) {
		this.jobRepository = jobRepository;
		this.jobOperator = jobOperator;
		this.jobs = jobs;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		for (Job job : this.jobs) {
			this.jobRepository.findRunningJobExecutions(job.getName()).forEach(this::recover);
			this.jobRepository.findJobInstances(job.getName()).forEach(this::deleteIfNeverExecuted);
		}
	}

	/**
	 * Spring Batch stores the instance first, and refuses to start one that was never
	 * executed: because the process was killed before, or the parameters were not valid.
	 */
	private void deleteIfNeverExecuted(JobInstance instance) {
		if (this.jobRepository.getJobExecutions(instance).isEmpty()) {
			this.jobRepository.deleteJobInstance(instance);
		}
	}

	/**
	 * The workers of a manager that is gone may still commit: then it is tried again.
	 */
	private void recover(JobExecution execution) {
		JobExecution current = execution;
		for (int attempt = 1; current != null; attempt++) {
			try {
				tryRecover(current);
				return;
			}
			catch (OptimisticLockingFailureException ex) {
				if (attempt == MAX_ATTEMPTS) {
					throw ex;
				}
				current = this.jobRepository.getJobExecution(execution.getId());
			}
		}
	}

	private void tryRecover(JobExecution execution) {
		execution.getStepExecutions().stream().filter(InterruptedJobs::hasNoState).forEach(this::delete);
		JobExecution remaining = this.jobRepository.getJobExecution(execution.getId());
		if (remaining != null) {
			this.jobOperator.recover(remaining);
		}
	}

	/**
	 * A step that goes on saves its position with its first chunk. Killed before that, it
	 * would hide the position of the execution before it, and the step would begin with
	 * the first row.
	 */
	private static boolean hasNoState(StepExecution step) {
		return step.getStatus().isRunning() && step.getExecutionContext().isEmpty();
	}

	private void delete(StepExecution step) {
		this.jobRepository.deleteStepExecution(step);
	}

}
