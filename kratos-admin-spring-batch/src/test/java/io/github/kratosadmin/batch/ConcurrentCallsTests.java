package io.github.kratosadmin.batch;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.micrometer.context.ContextRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.batch.core.configuration.annotation.JobScope;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.configuration.support.ScopeConfiguration;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.scope.context.JobSynchronizationManager;
import org.springframework.batch.core.scope.context.StepContext;
import org.springframework.batch.core.scope.context.StepSynchronizationManager;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests of {@link ConcurrentCalls}.
 */
@Timeout(30)
class ConcurrentCallsTests {

	private static final Set<Thread.State> AFTER_CALL = Set.of(Thread.State.WAITING, Thread.State.TERMINATED);

	private final ConcurrentCalls calls = new ConcurrentCalls("test-calls", 4);

	@Test
	void returnsTheResultsInTheOrderOfTheItems() {
		List<Integer> items = IntStream.range(0, 1000).boxed().toList();
		assertThat(this.calls.forEach(items, (item) -> item * 2)).isEqualTo(items.stream().map((i) -> i * 2).toList());
	}

	@Test
	void makesCallsAtTheSameTimeInItsOwnThreads() {
		CyclicBarrier barrier = new CyclicBarrier(4);
		Set<String> threads = ConcurrentHashMap.newKeySet();
		this.calls.forEach(List.of(1, 2, 3, 4), (item) -> {
			threads.add(Thread.currentThread().getName());
			return await(barrier);
		});
		assertThat(threads).containsExactlyInAnyOrder("test-calls-1", "test-calls-2", "test-calls-3", "test-calls-4");
	}

	@Test
	void makesNoMoreCallsAtTheSameTimeThanConfigured() {
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		this.calls.forEach(IntStream.range(0, 500).boxed().toList(), (item) -> {
			most.accumulateAndGet(running.incrementAndGet(), Math::max);
			Thread.yield();
			return running.decrementAndGet();
		});
		assertThat(most.get()).isBetween(1, 4);
	}

	@Test
	void makesCallsInTheThreadOfTheCallerWithoutConcurrency() {
		Set<Thread> threads = ConcurrentHashMap.newKeySet();
		new ConcurrentCalls("test-calls", 1).forEach(List.of(1, 2, 3), (item) -> threads.add(Thread.currentThread()));
		assertThat(threads).containsExactly(Thread.currentThread());
	}

	@Test
	void returnsNothingForNoItems() {
		assertThat(this.calls.forEach(List.of(), (item) -> item)).isEmpty();
	}

	@Test
	void endsItsThreadsWithTheChunk() {
		Set<Thread> threads = ConcurrentHashMap.newKeySet();
		this.calls.forEach(List.of(1, 2, 3, 4, 5), (item) -> threads.add(Thread.currentThread()));
		assertThat(threads).isNotEmpty();
		// They may yet have their last instructions to do.
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> threads.stream().noneMatch(Thread::isAlive));
	}

	@Test
	void throwsTheFirstFailureAfterTheRunningCallsHaveEnded() {
		CyclicBarrier bothRun = new CyclicBarrier(2);
		CountDownLatch firstFails = new CountDownLatch(1);
		AtomicReference<Thread> first = new AtomicReference<>();
		AtomicBoolean ended = new AtomicBoolean();
		assertThatIllegalStateException()
			.isThrownBy(() -> new ConcurrentCalls("test-calls", 2).forEach(List.of(1, 2), (item) -> {
				await(bothRun);
				if (item == 1) {
					first.set(Thread.currentThread());
					firstFails.countDown();
					throw new IllegalStateException("first");
				}
				assertThat(await(firstFails)).isTrue();
				// Until the first thread waits for another call or ends, which is after
				// its failure.
				while (!AFTER_CALL.contains(first.get().getState()) && !Thread.currentThread().isInterrupted()) {
					Thread.onSpinWait();
				}
				ended.set(!Thread.interrupted());
				throw new IllegalStateException("second");
			}))
			.withMessage("first");
		assertThat(ended).isTrue();
	}

	@Test
	void makesNoFurtherCallsAfterAFailure() {
		AtomicInteger made = new AtomicInteger();
		assertThatIllegalStateException()
			.isThrownBy(() -> this.calls.forEach(IntStream.range(0, 1000).boxed().toList(), (item) -> {
				made.incrementAndGet();
				throw new IllegalStateException("no");
			}));
		assertThat(made.get()).isLessThanOrEqualTo(4);
	}

	@Test
	void throwsAnError() {
		assertThatExceptionOfType(NoClassDefFoundError.class)
			.isThrownBy(() -> this.calls.forEach(List.of(1, 2), (item) -> {
				throw new NoClassDefFoundError();
			}));
	}

	@Test
	void endsTheRunningCallsIfTheThreadIsInterrupted() throws InterruptedException {
		CyclicBarrier bothRun = new CyclicBarrier(3);
		AtomicInteger interrupted = new AtomicInteger();
		AtomicInteger made = new AtomicInteger();
		AtomicBoolean stillInterrupted = new AtomicBoolean();
		Thread step = new Thread(() -> {
			assertThatExceptionOfType(CancellationException.class)
				.isThrownBy(() -> new ConcurrentCalls("test-calls", 2).forEach(List.of(1, 2, 3, 4), (item) -> {
					made.incrementAndGet();
					await(bothRun);
					if (!await(new CountDownLatch(1))) {
						interrupted.incrementAndGet();
					}
					return item;
				}));
			stillInterrupted.set(Thread.currentThread().isInterrupted());
		});
		step.start();
		await(bothRun);
		step.interrupt();
		step.join();
		assertThat(interrupted).hasValue(2);
		assertThat(made).hasValue(2);
		assertThat(stillInterrupted).isTrue();
	}

	@Test
	void passesThreadLocalsOn() {
		ThreadLocal<String> threadLocal = new ThreadLocal<>();
		ContextRegistry.getInstance().registerThreadLocalAccessor("test", threadLocal);
		try {
			threadLocal.set("passed");
			assertThat(this.calls.forEach(List.of(1, 2), (item) -> threadLocal.get())).containsExactly("passed",
					"passed");
		}
		finally {
			threadLocal.remove();
			ContextRegistry.getInstance().removeThreadLocalAccessor("test");
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { StepScoped.class, JobScoped.class })
	void usesBeansInTheScopesOfTheStep(Class<?> configuration) {
		JobExecution job = new JobExecution(1, new JobInstance(1, "job"), new JobParameters());
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(
				ScopeConfiguration.class, configuration)) {
			JobSynchronizationManager.register(job);
			StepSynchronizationManager.register(new StepExecution(1, "step", job));
			StepContext step = StepSynchronizationManager.getContext();
			ScopedBean bean = context.getBean(ScopedBean.class);
			assertThat(this.calls.forEach(List.of(1, 2, 3, 4, 5), (item) -> bean.hashCodeOfTarget()))
				.containsOnly(bean.hashCodeOfTarget());
			assertThat(StepSynchronizationManager.getContext()).isSameAs(step);
			assertThat(JobSynchronizationManager.getContext()).isNotNull();
		}
		finally {
			StepSynchronizationManager.release();
			JobSynchronizationManager.release();
		}
	}

	/**
	 * The thread of a partition has the scope of the step, but not that of the job.
	 */
	@Test
	void usesBeansInStepScopeInAPartition() {
		JobExecution job = new JobExecution(1, new JobInstance(1, "job"), new JobParameters());
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(
				ScopeConfiguration.class, StepScoped.class)) {
			StepSynchronizationManager.register(new StepExecution(1, "step", job));
			ScopedBean bean = context.getBean(ScopedBean.class);
			assertThat(this.calls.forEach(List.of(1, 2), (item) -> bean.hashCodeOfTarget()))
				.containsOnly(bean.hashCodeOfTarget());
		}
		finally {
			StepSynchronizationManager.release();
		}
	}

	@Test
	void refusesAConcurrencyBelowOne() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ConcurrentCalls("test-calls", 0))
			.withMessage("The concurrency must be at least 1, but is 0");
	}

	private static boolean await(CyclicBarrier barrier) {
		try {
			barrier.await(20, TimeUnit.SECONDS);
			return true;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean await(CountDownLatch latch) {
		try {
			return latch.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			return false;
		}
	}

	static class ScopedBean {

		int hashCodeOfTarget() {
			return System.identityHashCode(this);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class StepScoped {

		@Bean
		@StepScope
		ScopedBean bean() {
			return new ScopedBean();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class JobScoped {

		@Bean
		@JobScope
		ScopedBean bean() {
			return new ScopedBean();
		}

	}

}
