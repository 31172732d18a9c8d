package io.github.kratosadmin;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.kratosadmin.error.KratosPoolExhaustedException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.statistics.ClientStatistics;
import io.github.kratosadmin.statistics.ConnectionStatistics;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many virtual threads share few connections. Prints what they take, for the page on
 * performance.
 */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "there are no virtual threads")
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class VirtualThreadsTests {

	private static final int CALLS = 2_000;

	private static final int CONNECTIONS = 50;

	/** Many times what a waiting call takes: it fails if each had a large buffer. */
	private static final long BYTES_PER_CALL = 200_000;

	private final CountDownLatch responds = new CountDownLatch(1);

	@AutoClose
	private final TestServer server = new TestServer().otherwise(this::respond);

	private ExecutorService threads;

	@BeforeEach
	void createTheThreads() throws Exception {
		this.threads = (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
	}

	@AfterEach
	void stopTheThreads() {
		this.threads.shutdownNow();
	}

	private StubResponse respond(Request request) {
		try {
			this.responds.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return StubResponse.json("{\"id\":\"x\"}");
	}

	private KratosAdmin admin(Duration acquireTimeout) {
		return KratosAdmin.builder()
			.baseUrl(this.server.url())
			.pathPrefix("")
			.maxConnections(CONNECTIONS)
			.acquireTimeout(acquireTimeout)
			.build();
	}

	private List<Future<Identity>> call(KratosAdmin admin) {
		List<Future<Identity>> calls = new ArrayList<>();
		for (int i = 0; i < CALLS; i++) {
			calls.add(this.threads.submit(() -> admin.identities().getIdentity("x")));
		}
		return calls;
	}

	private static ClientStatistics statistics(KratosAdmin admin) {
		ClientStatistics statistics = admin.statistics();
		assertThat(statistics).isNotNull();
		return statistics;
	}

	private static void awaitWaiting(KratosAdmin admin, int waiting) {
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.untilAsserted(() -> assertThat(statistics(admin).connections())
				.isEqualTo(new ConnectionStatistics(CONNECTIONS, waiting, 0, CONNECTIONS)));
	}

	private static long usedMemory() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	@Test
	void allCallsSucceedAndThoseWithoutAConnectionAreCountedAsWaiting() throws Exception {
		try (KratosAdmin admin = admin(Duration.ofMinutes(1))) {
			int threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();
			long memoryBefore = usedMemory();
			List<Future<Identity>> calls = call(admin);
			awaitWaiting(admin, CALLS - CONNECTIONS);
			long memory = usedMemory() - memoryBefore;
			int threads = ManagementFactory.getThreadMXBean().getThreadCount() - threadsBefore;
			long start = System.nanoTime();
			this.responds.countDown();
			for (Future<Identity> call : calls) {
				call.get();
			}
			long time = System.nanoTime() - start;
			assertThat(memory).isLessThan(CALLS * BYTES_PER_CALL);
			// The server has a thread for each connection, the client its watchdog, and
			// the
			// JDK one for each processor.
			assertThat(threads).isLessThan(CALLS / 2);
			assertThat(statistics(admin).poolExhausted()).isZero();
			assertThat(statistics(admin).connections().pending()).isZero();
			assertThat(this.server.connections()).isEqualTo(CONNECTIONS);
			assertThat(this.server.requests()).hasSize(CALLS);
			System.out.printf(
					"%,d virtual threads, %d connections: %,d kB for each waiting call, %d platform threads "
							+ "more, all calls after %,d ms%n",
					CALLS, CONNECTIONS, memory / CALLS / 1_000, threads, TimeUnit.NANOSECONDS.toMillis(time));
		}
	}

	@Test
	void callsThatGetNoConnectionInTimeFailAndTheOthersSucceed() throws Exception {
		try (KratosAdmin admin = admin(Duration.ofSeconds(3))) {
			List<Future<Identity>> calls = call(admin);
			Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.until(() -> statistics(admin).poolExhausted() == CALLS - CONNECTIONS);
			awaitWaiting(admin, 0);
			this.responds.countDown();
			List<Throwable> failures = new ArrayList<>();
			for (Future<Identity> call : calls) {
				try {
					call.get();
				}
				catch (ExecutionException ex) {
					failures.add(ex.getCause());
				}
			}
			assertThat(failures).hasSize(CALLS - CONNECTIONS).allSatisfy((failure) -> {
				assertThat(failure).isExactlyInstanceOf(KratosPoolExhaustedException.class);
				assertThat(((KratosPoolExhaustedException) failure).isRequestSent()).isFalse();
			});
			assertThat(this.server.requests()).hasSize(CONNECTIONS);
			assertThat(admin.identities().getIdentity("x").id()).isEqualTo("x");
		}
	}

	@Test
	void closingTheClientEndsAllCalls() throws Exception {
		List<Future<Identity>> calls;
		try (KratosAdmin admin = admin(Duration.ofMinutes(1))) {
			calls = call(admin);
			awaitWaiting(admin, CALLS - CONNECTIONS);
			Awaitility.await().until(() -> this.server.requests().size() == CONNECTIONS);
		}
		assertThat(calls).allSatisfy((call) -> assertThat(call).failsWithin(Duration.ofMinutes(1))
			.withThrowableThat()
			.withCauseInstanceOf(KratosUnavailableException.class));
		assertThat(this.server.requests()).hasSize(CONNECTIONS);
	}

}
