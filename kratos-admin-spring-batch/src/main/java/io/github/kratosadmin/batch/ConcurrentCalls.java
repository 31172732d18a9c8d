package io.github.kratosadmin.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.scope.context.JobContext;
import org.springframework.batch.core.scope.context.JobSynchronizationManager;
import org.springframework.batch.core.scope.context.StepContext;
import org.springframework.batch.core.scope.context.StepSynchronizationManager;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * Makes a call for each item of a chunk, several at the same time. The threads end with
 * the chunk, so that there is nothing to close. Beans in step or job scope can be used in
 * them. Observations and thread-locals pass to them if Micrometer's library for this is
 * present.
 */
final class ConcurrentCalls {

	private static final boolean PASSES_THREAD_LOCALS = ClassUtils
		.isPresent("io.micrometer.context.ContextSnapshotFactory", ConcurrentCalls.class.getClassLoader());

	private final String threadName;

	private final int concurrency;

	/**
	 * Creates an instance.
	 * @param threadName the name of the threads, which a number follows
	 * @param concurrency the maximum number of calls at the same time; 1 for calls in the
	 * thread of the caller
	 */
	ConcurrentCalls(String threadName, int concurrency) {
		Assert.isTrue(concurrency > 0, () -> "The concurrency must be at least 1, but is " + concurrency);
		this.threadName = threadName;
		this.concurrency = concurrency;
	}

	/**
	 * Makes a call for each item, and returns when no call is running any more.
	 * @param items the items
	 * @param call the call
	 * @return the results, in the order of the items
	 * @throws RuntimeException if a call fails: the exception of the first one to fail.
	 * The running calls end, and no others begin
	 * @throws CancellationException if the thread is interrupted, and no call fails
	 * because of that; the thread remains interrupted
	 */
	<T, R> List<R> forEach(List<? extends T> items, Function<? super T, ? extends R> call) {
		if (this.concurrency == 1 || items.size() < 2) {
			return items.stream().<R>map(call).toList();
		}
		AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
		List<R> results = concurrently(items, call, failure);
		if (failure.get() instanceof Error error) {
			throw error;
		}
		if (failure.get() instanceof RuntimeException exception) {
			throw exception;
		}
		if (results.size() < items.size()) {
			throw new CancellationException("The thread was interrupted while it was waiting for calls");
		}
		return results;
	}

	private <T, R> List<R> concurrently(List<? extends T> items, Function<? super T, ? extends R> call,
			AtomicReference<@Nullable Throwable> failure) {
		List<R> results = new ArrayList<>(items.size());
		boolean interrupted = false;
		ThreadPoolTaskExecutor threads = newThreads(Math.min(this.concurrency, items.size()));
		try {
			List<Future<R>> futures = new ArrayList<>(items.size());
			for (T item : items) {
				futures.add(threads.submit(() -> callUnlessFailed(item, call, failure)));
			}
			for (Future<R> future : futures) {
				results.add(future.get());
			}
		}
		catch (ExecutionException ex) {
			failure.compareAndSet(null, ex.getCause());
		}
		catch (InterruptedException ex) {
			interrupted = true;
		}
		finally {
			// Interrupts the calls that are still running, and waits for their end.
			threads.shutdown();
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		return results;
	}

	/**
	 * Keeps a failure instead of throwing it, so that the running calls end by
	 * themselves.
	 */
	@SuppressWarnings("NullAway")
	private static <T, R> R callUnlessFailed(T item, Function<? super T, ? extends R> call,
			AtomicReference<@Nullable Throwable> failure) {
		if (failure.get() != null) {
			return null;
		}
		try {
			return call.apply(item);
		}
		catch (Throwable ex) {
			failure.compareAndSet(null, ex);
			return null;
		}
	}

	private ThreadPoolTaskExecutor newThreads(int number) {
		ThreadPoolTaskExecutor threads = new ThreadPoolTaskExecutor();
		threads.setThreadNamePrefix(this.threadName + "-");
		threads.setDaemon(true);
		threads.setCorePoolSize(number);
		threads.setAwaitTerminationMillis(Long.MAX_VALUE);
		threads.setTaskDecorator(PASSES_THREAD_LOCALS
				? (task) -> new ContextPropagatingTaskDecorator().decorate(inScopes(task)) : ConcurrentCalls::inScopes);
		threads.initialize();
		return threads;
	}

	/**
	 * Passes the scopes of Spring Batch on, as Batch does to its own threads.
	 */
	private static Runnable inScopes(Runnable task) {
		JobContext job = JobSynchronizationManager.getContext();
		StepContext step = StepSynchronizationManager.getContext();
		Runnable inStep = (step != null) ? () -> {
			StepSynchronizationManager.register(step.getStepExecution());
			try {
				task.run();
			}
			finally {
				StepSynchronizationManager.close();
			}
		} : task;
		// The thread of a partition has no job scope.
		return (job != null) ? () -> {
			JobSynchronizationManager.register(job.getJobExecution());
			try {
				inStep.run();
			}
			finally {
				JobSynchronizationManager.close();
			}
		} : inStep;
	}

}
