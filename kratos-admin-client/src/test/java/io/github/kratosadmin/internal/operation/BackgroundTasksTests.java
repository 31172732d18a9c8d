package io.github.kratosadmin.internal.operation;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BackgroundTasksTests {

	private final BackgroundTasks tasks = new BackgroundTasks(null, "test-tasks");

	private Thread threadOfATask() {
		BackgroundTask<Thread> task = new BackgroundTask<>(Thread::currentThread, () -> {
		});
		this.tasks.start(task);
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
