package io.github.kratosadmin.autoconfigure.internal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SingleFlightTask}.
 */
@Timeout(60)
class SingleFlightTaskTests {

	private final AtomicInteger runs = new AtomicInteger();

	@Test
	void callersShareTheResultOfARunningTask() throws Exception {
		CountDownLatch released = new CountDownLatch(1);
		SingleFlightTask<Integer> task = new SingleFlightTask<>(Thread::new, () -> {
			released.await();
			return this.runs.incrementAndGet();
		});
		Future<Integer> first = task.submit();
		assertThat(task.submit()).isSameAs(first);
		released.countDown();
		assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo(1);
	}

	@Test
	void runsAgainAfterTheFirstRun() throws Exception {
		SingleFlightTask<Integer> task = new SingleFlightTask<>(Thread::new, this.runs::incrementAndGet);
		assertThat(task.submit().get(30, TimeUnit.SECONDS)).isEqualTo(1);
		assertThat(task.submit().get(30, TimeUnit.SECONDS)).isEqualTo(2);
	}

	@Test
	void runsAgainAfterAFailure() throws Exception {
		SingleFlightTask<Integer> task = new SingleFlightTask<>(Thread::new, () -> {
			if (this.runs.incrementAndGet() == 1) {
				throw new IllegalStateException();
			}
			return this.runs.get();
		});
		assertThat(task.submit()).failsWithin(30, TimeUnit.SECONDS);
		assertThat(task.submit().get(30, TimeUnit.SECONDS)).isEqualTo(2);
	}

	@Test
	void runsAgainIfAThreadCouldNotStart() throws Exception {
		AtomicInteger threads = new AtomicInteger();
		SingleFlightTask<Integer> task = new SingleFlightTask<>(
				(runnable) -> (threads.incrementAndGet() == 1) ? new UnstartableThread() : new Thread(runnable),
				this.runs::incrementAndGet);
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(task::submit);
		assertThat(task.submit().get(30, TimeUnit.SECONDS)).isEqualTo(1);
	}

	private static final class UnstartableThread extends Thread {

		@Override
		public synchronized void start() {
			throw new OutOfMemoryError("unable to create native thread");
		}

	}

}
