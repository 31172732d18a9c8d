package io.github.kratosadmin.samples.migration;

import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StepInterruptionPolicy;

/**
 * Stops a step whose thread is interrupted, as Spring Integration does when a worker
 * shuts down.
 * <p>
 * With the policy of Spring Batch such a step ends before its next chunk, too, but as
 * COMPLETED (seen with 6.0.6): its other rows would never be done.
 */
class StopOnInterrupt implements StepInterruptionPolicy {

	@Override
	public void checkInterrupted(StepExecution stepExecution) throws JobInterruptedException {
		// clears the interrupt, which the connection pool would fail with
		if (Thread.interrupted()) {
			stepExecution.setTerminateOnly();
		}
		if (stepExecution.isTerminateOnly()) {
			throw new JobInterruptedException("The step is told to stop");
		}
	}

}
