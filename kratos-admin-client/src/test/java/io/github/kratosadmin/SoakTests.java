package io.github.kratosadmin;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Makes many calls in 64 threads, with faults: every call ends with a result or a typed
 * failure, and no connection, thread or memory leaks. The property {@code soak.calls}
 * sets the number of calls. The server keeps connections open, so that leaks in the pool
 * show.
 */
class SoakTests {

	private static final int THREADS = 64;

	private static final int CALLS = Integer.getInteger("soak.calls", 20_000);

	private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();

	private final AtomicLong left = new AtomicLong(CALLS);

	private final AtomicLong responses = new AtomicLong();

	private StubResponse respond(Request request) {
		if (request.path().equals("/version")) {
			return StubResponse.json("{\"version\":\"v26.2.0\"}");
		}
		return switch ((int) (this.responses.incrementAndGet() % 200)) {
			case 10 -> StubResponse.json(500, "{\"error\":{\"code\":500,\"message\":\"fault\"}}");
			case 30 -> StubResponse.html(502, "<h1>Bad Gateway</h1>");
			case 50 -> StubResponse.dropped();
			case 70 -> StubResponse.json("{\"id\":\"x\",\"traits\":{}}").cutOff();
			case 90 -> StubResponse.json("{\"id\":");
			case 110 ->
				StubResponse.json(429, "{\"error\":{\"code\":429,\"message\":\"slower\"}}").header("Retry-After", "1");
			default -> good(request);
		};
	}

	private static StubResponse good(Request request) {
		String identity = "{\"id\":\"x\",\"schema_id\":\"default\",\"traits\":{\"email\":\"a@a.test\"},"
				+ "\"created_at\":\"2026-01-01T00:00:00.123456Z\"}";
		if (request.method().equals("DELETE")) {
			return StubResponse.empty(204);
		}
		return request.query().isEmpty() ? StubResponse.json(identity)
				: StubResponse.json("[" + identity + "]").header("Link", "</identities?page_token=0>; rel=\"first\"");
	}

	@Test
	void noCallIsLostAndNothingLeaks() throws Exception {
		// The threads that this thread starts are in its group too.
		ThreadGroup threads = new ThreadGroup("soak");
		FutureTask<Void> soak = new FutureTask<>(() -> {
			makeAllCalls();
			return null;
		});
		new Thread(threads, soak).start();
		soak.get();
		Awaitility.await().until(() -> threads.activeCount() == 0);
		Map<String, Long> counts = this.outcomes.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (outcome) -> outcome.getValue().sum()));
		System.out.println("soak: " + CALLS + " calls, " + counts);
		assertThat(counts.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(CALLS);
		assertThat(counts).containsKeys("result", "KratosServerException", "KratosUnavailableException",
				"KratosUnreadableResponseException", "KratosRateLimitedException");
		assertThat(counts.get("result")).isGreaterThan(CALLS * 95L / 100);
	}

	private void makeAllCalls() throws Exception {
		try (TestServer server = new TestServer().otherwise(this::respond)) {
			try (KratosAdmin admin = KratosAdmin.builder()
				.baseUrl(server.url())
				.pathPrefix("")
				.readTimeout(Duration.ofSeconds(20))
				.acquireTimeout(Duration.ofSeconds(20))
				.build()) {
				run(admin, server, CALLS / 10);
				long early = heap();
				run(admin, server, 0);
				assertThat(heap() - early).as("bytes of heap that leaked after the first tenth of the calls")
					.isLessThan(8 * 1024 * 1024);
				assertThat(server.openConnections()).as("connections in the pool").isLessThanOrEqualTo(50);
			}
			Awaitility.await().untilAsserted(() -> assertThat(server.openConnections()).isZero());
		}
	}

	/**
	 * Makes the given number of calls, or all that remain for 0.
	 */
	private void run(KratosAdmin admin, TestServer server, long until) throws Exception {
		long end = (until > 0) ? CALLS - until : 0;
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		CountDownLatch done = new CountDownLatch(THREADS);
		for (int i = 0; i < THREADS; i++) {
			Random random = new Random(i);
			threads.execute(() -> {
				while (this.left.getAndUpdate((now) -> (now > end) ? now - 1 : now) > end) {
					call(admin, random);
					server.requests().clear();
				}
				done.countDown();
			});
		}
		assertThat(done.await(6, TimeUnit.HOURS)).isTrue();
		threads.shutdown();
	}

	private void call(KratosAdmin admin, Random random) {
		String outcome = "result";
		try {
			switch (random.nextInt(4)) {
				case 0 -> admin.identities().getIdentity("x");
				case 1 -> admin.identities().createIdentity(CreateIdentity.builder().traits(Map.of()).build());
				case 2 -> admin.identities().listIdentities(ListIdentities.builder().build());
				default -> admin.identities().deleteIdentity("x");
			}
		}
		catch (KratosException ex) {
			outcome = ex.getClass().getSimpleName();
		}
		catch (Throwable ex) {
			outcome = "untyped " + ex;
		}
		this.outcomes.computeIfAbsent(outcome, (key) -> new LongAdder()).increment();
	}

	private static long heap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
