package io.github.kratosadmin.samples.migration;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.partition.support.AbstractPartitionHandler;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.poller.DirectPoller;
import org.springframework.batch.integration.partition.StepExecutionRequest;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.transaction.TransactionException;

/**
 * Sends the partitions to the workers, and waits as long as they make progress.
 * <p>
 * Spring's {@code MessageChannelPartitionHandler} waits for a dead worker for ever, or
 * for a time in which everything must be done. This one looks at the version of each
 * partition in the job repository, which every commit of a worker changes:
 * <ul>
 * <li>A partition that has been started and then does not change for as long as the
 * {@code patience} is given up. The others go on.</li>
 * <li>If no partition at all changes for as long, all are given up: no worker is
 * alive.</li>
 * </ul>
 * What is given up is set to FAILED, so the job fails in the end and another run of the
 * manager goes on with these partitions. If their worker is alive after all, its next
 * commit meets a version that is not its own and the worker ends its step.
 * <p>
 * A job repository that does not respond is no news: the job goes on if it responds again
 * before the {@code patience} is over.
 * <p>
 * The time is that of the manager's own monotonic clock: the clocks of the machines need
 * not agree.
 */
class PatientPartitionHandler extends AbstractPartitionHandler {

	private static final Log logger = LogFactory.getLog(PatientPartitionHandler.class);

	private final JobRepository jobRepository;

	private final MessageChannel requests;

	private final String stepName;

	private final Duration patience;

	private final Duration pollInterval;

	private final LongSupplier nanoTime;

	/**
	 * Creates a handler.
	 * @param jobRepository the repository the workers write to
	 * @param requests where the workers take their requests from
	 * @param stepName the name of the workers' step
	 * @param partitions how many partitions to make
	 * @param patience how long to wait for a partition that does not change: longer than
	 * the longest chunk takes
	 * @param pollInterval the time between two looks at the job repository
	 */
	PatientPartitionHandler(JobRepository jobRepository, MessageChannel requests, String stepName, int partitions,
			Duration patience, Duration pollInterval) {
		this(jobRepository, requests, stepName, partitions, patience, pollInterval, System::nanoTime);
	}

	PatientPartitionHandler(JobRepository jobRepository, MessageChannel requests, String stepName, int partitions,
			Duration patience, Duration pollInterval, LongSupplier nanoTime) {
		this.jobRepository = jobRepository;
		this.requests = requests;
		this.stepName = stepName;
		this.patience = patience;
		this.pollInterval = pollInterval;
		this.nanoTime = nanoTime;
		setGridSize(partitions);
	}

	@Override
	protected Set<StepExecution> doHandle(StepExecution manager, Set<StepExecution> partitions) throws Exception {
		Set<Long> ids = partitions.stream().map(StepExecution::getId).collect(Collectors.toSet());
		try {
			for (long id : ids) {
				this.requests.send(new GenericMessage<>(new StepExecutionRequest(this.stepName, id)));
			}
			return await(manager.getJobExecutionId(), ids);
		}
		catch (Exception ex) {
			// Spring Batch does not start a partition again that is still running
			try {
				unfinished(partitions(manager.getJobExecutionId(), ids))
					.forEach((partition) -> giveUp(partition, "its manager has failed"));
			}
			catch (RuntimeException second) {
				// the next run of the manager gives them up
				ex.addSuppressed(second);
			}
			throw ex;
		}
	}

	private Set<StepExecution> await(long jobExecutionId, Set<Long> ids) throws Exception {
		Map<Long, Progress> progress = new HashMap<>();
		AtomicReference<@Nullable Long> failingSince = new AtomicReference<>();
		return new DirectPoller<Set<StepExecution>>(this.pollInterval.toMillis()).poll(() -> {
			try {
				Set<StepExecution> ended = ended(partitions(jobExecutionId, ids), progress);
				failingSince.set(null);
				return ended;
			}
			catch (TransactionException | TransientDataAccessException | RecoverableDataAccessException
					| NonTransientDataAccessResourceException ex) {
				long now = this.nanoTime.getAsLong();
				failingSince.compareAndSet(null, now);
				if (isStalled(Objects.requireNonNull(failingSince.get()), now)) {
					throw ex;
				}
				logger.warn("Looks again, as the job repository does not respond: " + ex.getMessage());
				return null;
			}
		}).get();
	}

	/**
	 * Gives up partitions without progress.
	 * @return the partitions if all have ended, or {@code null}
	 */
	private @Nullable Set<StepExecution> ended(List<StepExecution> partitions, Map<Long, Progress> progress) {
		long now = this.nanoTime.getAsLong();
		partitions.forEach((partition) -> progress.merge(partition.getId(), new Progress(partition.getVersion(), now),
				Progress::since));
		List<StepExecution> unfinished = unfinished(partitions);
		if (unfinished.isEmpty()) {
			return new HashSet<>(partitions);
		}
		boolean allStalled = progress.values().stream().allMatch((last) -> isStalled(last.nanoTime(), now));
		for (StepExecution partition : unfinished) {
			Progress last = Objects.requireNonNull(progress.get(partition.getId()));
			boolean waiting = partition.getStatus() == BatchStatus.STARTING;
			if (allStalled || (!waiting && isStalled(last.nanoTime(), now))) {
				giveUp(partition, "it has made no progress for " + this.patience);
				// giving up is no progress
				progress.put(partition.getId(), new Progress(partition.getVersion(), last.nanoTime()));
			}
		}
		return null;
	}

	private List<StepExecution> partitions(long jobExecutionId, Set<Long> ids) {
		JobExecution jobExecution = Objects.requireNonNull(this.jobRepository.getJobExecution(jobExecutionId));
		return jobExecution.getStepExecutions()
			.stream()
			.filter((stepExecution) -> ids.contains(stepExecution.getId()))
			.toList();
	}

	private static List<StepExecution> unfinished(List<StepExecution> partitions) {
		return partitions.stream().filter((partition) -> partition.getStatus().isRunning()).toList();
	}

	private boolean isStalled(long last, long now) {
		return now - last >= this.patience.toNanos();
	}

	private void giveUp(StepExecution partition, String reason) {
		partition.setStatus(BatchStatus.FAILED);
		partition.setExitStatus(ExitStatus.FAILED.addExitDescription("Given up: " + reason));
		partition.setEndTime(LocalDateTime.now());
		try {
			this.jobRepository.update(partition);
			logger.warn("Gives up " + partition.getStepName() + ": " + reason
					+ ". Run the manager again to go on with it.");
		}
		catch (OptimisticLockingFailureException ex) {
			logger.info("Does not give up " + partition.getStepName() + ": it has just made progress");
		}
	}

	/**
	 * A version of a partition, and when it was seen first.
	 */
	private record Progress(@Nullable Integer version, long nanoTime) {

		Progress since(Progress next) {
			return Objects.equals(this.version, next.version) ? this : next;
		}

	}

}
