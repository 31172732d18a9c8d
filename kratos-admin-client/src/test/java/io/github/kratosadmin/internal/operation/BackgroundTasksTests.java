package io.github.kratosadmin.internal.operation;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BackgroundTasksTests {

	private final Executor threads = BackgroundTasks.newThreads("test-tasks");

	private final BackgroundTasks tasks = BackgroundTasks.withThreads(this.threads);

	private Thread threadOfATask() {
		return threadOfATask(this.tasks);
	}

	private static Thread threadOfATask(BackgroundTasks tasks) {
		BackgroundTask<Thread> task = new BackgroundTask<>(Thread::currentThread, () -> {
		});
		tasks.start(task);
		try {
			return task.get();
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void aThreadOfTheClientRunsTheNextTaskToo() {
		// A thread is not idle at once.
		Awaitility.await().pollDelay(Duration.ZERO).until(() -> threadOfATask() == threadOfATask());
	}

	@Test
	void aThreadOfTheClientRunsTheTasksOfAnotherCallerToo() {
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.until(() -> threadOfATask() == threadOfATask(BackgroundTasks.withThreads(this.threads)));
	}

	@Test
	void aThreadOfTheClientInheritsNoThreadLocalsButTheClassLoader() throws Exception {
		InheritableThreadLocal<String> inherited = new InheritableThreadLocal<>();
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		ClassLoader ofTheCaller = new URLClassLoader(new URL[0], before);
		inherited.set("caller");
		Thread.currentThread().setContextClassLoader(ofTheCaller);
		try {
			BackgroundTask<List<Object>> task = new BackgroundTask<>(
					() -> Arrays.asList(inherited.get(), Thread.currentThread().getContextClassLoader()), () -> {
					});
			this.tasks.start(task);
			assertThat(task.get()).containsExactly(null, ofTheCaller);
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
			inherited.remove();
		}
	}

	@Test
	void aThreadOfTheClientEndsAfterItsLastTask() {
		Thread thread = threadOfATask();
		assertThat(thread.isDaemon()).isTrue();
		assertThat(thread.getName()).isEqualTo("test-tasks");
		Awaitility.await().until(() -> !thread.isAlive());
	}

	@Test
	void tasksAtTheSameTimeHaveTheirOwnThreads() throws Exception {
		CountDownLatch bothStarted = new CountDownLatch(2);
		for (int i = 0; i < 2; i++) {
			this.tasks.start(new BackgroundTask<>(() -> {
				bothStarted.countDown();
				bothStarted.await();
				return true;
			}, () -> {
			}));
		}
		bothStarted.await();
	}

	@Test
	void anInterruptedTaskDoesNotInterruptTheNextOne() throws Exception {
		CountDownLatch started = new CountDownLatch(1);
		BackgroundTask<Boolean> endless = new BackgroundTask<>(() -> {
			started.countDown();
			new CountDownLatch(1).await();
			return true;
		}, () -> {
		});
		this.tasks.start(endless);
		started.await();
		endless.interrupt();
		Awaitility.await().until(endless::isOver);
		assertThat(threadOfATask().isInterrupted()).isFalse();
	}

}
