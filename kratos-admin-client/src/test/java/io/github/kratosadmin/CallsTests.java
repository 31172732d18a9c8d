package io.github.kratosadmin;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.TestServer.Answer;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnavailableException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How calls end before their time, and that nothing stays behind.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class CallsTests {

	private static final String IDENTITY = "{\"id\":\"x\"}";

	private static final Duration SOON = Duration.ofSeconds(15);

	@AutoClose
	private final TestServer server = new TestServer();

	@Test
	void anInterruptionEndsACallThatWaitsForItsAnswer() throws Exception {
		this.server.otherwise((request) -> Answer.held());
		try (KratosAdmin admin = patient().build()) {
			CompletableFuture<Failure> failure = new CompletableFuture<>();
			Thread caller = new Thread(() -> failure.complete(Failure.of(admin)));
			caller.start();
			this.server.awaitRequest();
			caller.interrupt();
			assertThat(failure).succeedsWithin(SOON).satisfies((ended) -> {
				assertThat(ended.exception()).isExactlyInstanceOf(KratosUnavailableException.class)
					.hasMessage("getIdentity got no answer: the thread was interrupted");
				assertThat(ended.interrupted()).isTrue();
			});
		}
	}

	@Test
	void anInterruptionEndsACallThatWaitsForTheRestOfItsAnswer() throws Exception {
		this.server.otherwise((request) -> Answer.json("{\"id\":").heldMidway());
		try (KratosAdmin admin = patient().build()) {
			CompletableFuture<Failure> failure = new CompletableFuture<>();
			Thread caller = new Thread(() -> failure.complete(Failure.of(admin)));
			caller.start();
			Awaitility.await()
				.until(() -> Stream.of(caller.getStackTrace())
					.anyMatch((frame) -> frame.getClassName().equals(AnswerBody.class.getName())));
			caller.interrupt();
			assertThat(failure).succeedsWithin(SOON).satisfies((ended) -> {
				assertThat(ended.exception()).isExactlyInstanceOf(KratosUnavailableException.class);
				assertThat(ended.interrupted()).isTrue();
			});
		}
	}

	@Test
	void anInterruptionEndsACallThatWaitsToBeRepeated() throws Exception {
		this.server.otherwise((request) -> Answer.empty(503));
		Duration aMinute = Duration.ofMinutes(1);
		try (KratosAdmin admin = patient().retryAttempts(5).retryBackOff(aMinute, 1, aMinute, Duration.ZERO).build()) {
			CompletableFuture<Failure> failure = new CompletableFuture<>();
			Thread caller = new Thread(() -> failure.complete(Failure.of(admin)));
			caller.start();
			this.server.awaitRequest();
			Awaitility.await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
			caller.interrupt();
			assertThat(failure).succeedsWithin(SOON).satisfies((ended) -> {
				assertThat(ended.exception()).isInstanceOf(KratosException.class);
				assertThat(ended.interrupted()).isTrue();
			});
			assertThat(this.server.requests()).hasSize(1);
		}
	}

	@Test
	void anInterruptionEndsACallThatWaitsForAConnection() throws Exception {
		this.server.otherwise((request) -> Answer.held());
		try (KratosAdmin admin = patient().maxConnections(1).build()) {
			Thread holder = new Thread(() -> Failure.of(admin));
			holder.start();
			this.server.awaitRequest();
			CompletableFuture<Failure> failure = new CompletableFuture<>();
			Thread caller = new Thread(() -> failure.complete(Failure.of(admin)));
			caller.start();
			Awaitility.await()
				.until(() -> caller.getState() == Thread.State.TIMED_WAITING
						|| caller.getState() == Thread.State.WAITING);
			caller.interrupt();
			assertThat(failure).succeedsWithin(SOON).satisfies((ended) -> {
				assertThat(ended.exception()).isExactlyInstanceOf(KratosUnavailableException.class);
				assertThat(ended.interrupted()).isTrue();
			});
			holder.interrupt();
			holder.join(SOON.toMillis());
			assertThat(holder.isAlive()).isFalse();
		}
	}

	@Test
	void theThreadThatLooksAfterCallsIsThereOnlyWhileThereAreCalls() {
		this.server.otherwise((request) -> Answer.json(IDENTITY));
		try (KratosAdmin admin = patient().build()) {
			// That of a test before may still be about to end.
			Awaitility.await().until(() -> watches().isEmpty());
			for (int i = 0; i < 2; i++) {
				admin.identities().getIdentity("x");
				assertThat(watches()).isNotEmpty();
				Awaitility.await().until(() -> watches().isEmpty());
			}
		}
	}

	@Test
	void closingLeavesNoThreadAndNoConnection() throws Exception {
		this.server.otherwise((request) -> request.path().endsWith("held") ? Answer.held() : Answer.json(IDENTITY));
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		KratosAdmin admin = patient().build();
		List<Thread> callers = IntStream.range(0, 4)
			.mapToObj((i) -> new Thread(() -> Failure.of(() -> admin.identities().getIdentity("held")), "caller"))
			.toList();
		callers.forEach(Thread::start);
		for (int i = 0; i < 4; i++) {
			this.server.awaitRequest();
		}
		admin.identities().getIdentity("x");
		assertThat(this.server.connections()).isEqualTo(5);
		admin.close();
		for (Thread caller : callers) {
			caller.join(SOON.toMillis());
			assertThat(caller.isAlive()).as("a call that is under way ends").isFalse();
		}
		Awaitility.await().pollInSameThread().untilAsserted(() -> assertThat(this.server.openConnections()).isZero());
		Awaitility.await().pollInSameThread().untilAsserted(() -> assertThat(added(before)).isEmpty());
	}

	@Test
	void aServerThatFailsIsNotAskedAgain() {
		this.server.answer(Answer.empty(503)).otherwise((request) -> Answer.json(IDENTITY));
		try (KratosAdmin admin = patient().build()) {
			assertThatExceptionOfType(KratosServerException.class)
				.isThrownBy(() -> admin.identities().getIdentity("x"));
		}
		assertThat(this.server.requests()).hasSize(1);
	}

	private KratosAdminBuilder patient() {
		Duration never = Duration.ofMinutes(2);
		return KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix("")
			.readTimeout(never)
			.callTimeout(never)
			.acquireTimeout(never);
	}

	private static Collection<Thread> watches() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("kratos-admin-calls"))
			.toList();
	}

	private static Collection<Thread> added(Set<Thread> before) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !before.contains(thread) && !thread.getName().equals("test-server"))
			// The JVM's own, which anything may start.
			.filter((thread) -> !thread.getName().matches("CompletableFutureDelayScheduler|ForkJoinPool.commonPool.*")
					&& !groupOf(thread).startsWith("Innocuous"))
			.toList();
	}

	private static String groupOf(Thread thread) {
		ThreadGroup group = thread.getThreadGroup();
		return (group != null) ? group.getName() : "";
	}

	private record Failure(RuntimeException exception, boolean interrupted) {

		static Failure of(KratosAdmin admin) {
			return of(() -> admin.identities().getIdentity("x"));
		}

		static Failure of(Runnable call) {
			try {
				call.run();
				return new Failure(null, Thread.currentThread().isInterrupted());
			}
			catch (RuntimeException ex) {
				return new Failure(ex, Thread.currentThread().isInterrupted());
			}
		}

	}

}
