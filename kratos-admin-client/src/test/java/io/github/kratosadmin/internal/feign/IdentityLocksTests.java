package io.github.kratosadmin.internal.feign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.internal.operation.Action;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class IdentityLocksTests {

	private static final String ID = "6faebfaf-d9c3-4744-82da-dec07d52120e";

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Duration SHORT = Duration.ofMillis(50);

	private final IdentityLocks locks = new IdentityLocks();

	@AutoClose("shutdownNow")
	private final ExecutorService threads = Executors.newCachedThreadPool();

	private int value;

	private Object change(String id, Duration timeout, Action change) {
		try {
			return this.locks.change("updateIdentity", id, timeout, change);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Makes a change in another thread, which lasts until it is released.
	 */
	private CountDownLatch changeInAnotherThread(String id) throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		this.threads.submit(() -> change(id, LONG, () -> {
			begun.countDown();
			return end.await(30, TimeUnit.SECONDS);
		}));
		assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
		return end;
	}

	@Test
	void changesOfOneIdentityAreMadeOneAtATime() throws Exception {
		List<Future<?>> done = IntStream.range(0, 8).<Future<?>>mapToObj((thread) -> this.threads.submit(() -> {
			for (int i = 0; i < 1000; i++) {
				change(ID, LONG, () -> this.value++);
			}
		})).toList();
		for (Future<?> future : done) {
			future.get(60, TimeUnit.SECONDS);
		}
		assertThat(this.value).isEqualTo(8000);
		assertThat(this.locks.isEmpty()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { ID, "6FAEBFAF-D9C3-4744-82DA-DEC07D52120E", "6faebfafd9c3474482dadec07d52120e" })
	void aChangeWaitsForAnotherOfTheSameIdentity(String id) throws Exception {
		CountDownLatch end = changeInAnotherThread(ID);
		assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> change(id, SHORT, () -> {
			throw new AssertionError("made at the same time");
		}))
			.withMessage("updateIdentity got no response: nothing was sent, as another change of this identity had"
					+ " not ended after PT0.05S")
			.withCauseInstanceOf(TimeoutException.class);
		end.countDown();
		assertThat(change(id, LONG, () -> "made")).isEqualTo("made");
	}

	@Test
	void aChangeOfAnotherIdentityDoesNotWait() throws Exception {
		CountDownLatch end = changeInAnotherThread(ID);
		assertThat(change(ID.replace('6', '7'), SHORT, () -> "made")).isEqualTo("made");
		end.countDown();
	}

	@Test
	void aThreadMayChangeAnIdentityWhileItChangesIt() {
		assertThat(change(ID, SHORT, () -> change(ID, SHORT, () -> "made"))).isEqualTo("made");
		assertThat(this.locks.isEmpty()).isTrue();
	}

	@Test
	void twoThreadsThatLockTwoIdentitiesInOppositeOrderDoNotWaitForever() throws Exception {
		CyclicBarrier both = new CyclicBarrier(2);
		Future<?> first = this.threads.submit(() -> takeTwo(both, "a", "b"));
		Future<?> second = this.threads.submit(() -> takeTwo(both, "b", "a"));
		List<Object> results = List.of(result(first), result(second));
		assertThat(results).isSubsetOf("made", TimeoutException.class).contains(TimeoutException.class);
		assertThat(this.locks.isEmpty()).isTrue();
	}

	private static Object result(Future<?> thread) throws Exception {
		try {
			return thread.get(30, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			return ex.getCause().getCause().getClass();
		}
	}

	private Object takeTwo(CyclicBarrier both, String first, String second) {
		return change(first, LONG, () -> {
			both.await(30, TimeUnit.SECONDS);
			return change(second, SHORT, () -> "made");
		});
	}

	@Test
	void aChangeThatFailsOrTimesOutLeavesNoLock() throws Exception {
		assertThatIllegalStateException().isThrownBy(() -> change(ID, SHORT, () -> {
			throw new IllegalStateException("failed");
		}));
		assertThat(this.locks.isEmpty()).isTrue();
		CountDownLatch end = changeInAnotherThread(ID);
		assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> change(ID, SHORT, () -> "made"));
		end.countDown();
		change(ID, LONG, () -> "made");
		assertThat(this.locks.isEmpty()).isTrue();
	}

	@Test
	void anInterruptionEndsTheWait() throws Exception {
		CountDownLatch end = changeInAnotherThread(ID);
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(KratosUnavailableException.class).isThrownBy(() -> change(ID, LONG, () -> "made"))
			.withMessageContaining("nothing was sent")
			.withCauseInstanceOf(InterruptedException.class);
		assertThat(Thread.interrupted()).isTrue();
		end.countDown();
	}

	@Test
	void closingEndsTheWait() throws Exception {
		CountDownLatch end = changeInAnotherThread(ID);
		Future<?> waiting = this.threads.submit(() -> change(ID, LONG, () -> "made"));
		Awaitility.await().until(() -> this.locks.waiting(ID) == 1);
		this.locks.close();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> waiting.get(20, TimeUnit.SECONDS))
			.havingCause()
			.isInstanceOf(KratosUnavailableException.class)
			.withMessage("updateIdentity got no response: nothing was sent, as this KratosAdmin is closed");
		end.countDown();
	}

	@Test
	void threadsTakeTurnsInOrderOfArrival() throws Exception {
		CountDownLatch end = changeInAnotherThread(ID);
		List<Integer> order = new CopyOnWriteArrayList<>();
		List<Future<?>> done = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			int number = i;
			done.add(this.threads.submit(() -> change(ID, LONG, () -> order.add(number))));
			Awaitility.await().until(() -> this.locks.waiting(ID) == number + 1);
		}
		end.countDown();
		for (Future<?> future : done) {
			future.get(30, TimeUnit.SECONDS);
		}
		assertThat(order).containsExactly(0, 1, 2, 3, 4);
	}

}
