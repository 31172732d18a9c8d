package io.github.kratosadmin.test.embedded;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.identity.UpdateIdentity;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Makes many calls from 64 threads, with faults. Every call must return a result or throw
 * a {@link KratosException}, and must not leak memory, threads or connections. The system
 * property {@code soak.calls} sets the number of calls.
 */
class EmbeddedKratosSoakTests {

	private static final int THREADS = 64;

	private static final long CALLS = Long.getLong("soak.calls", 3_000);

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();

	private final AtomicLong made = new AtomicLong();

	@Test
	void losesNoCallAndLeaksNothing() throws Exception {
		int filesBefore = files();
		// The threads that this thread starts are in its group too.
		ThreadGroup threads = new ThreadGroup("soak");
		FutureTask<Void> soak = new FutureTask<>(() -> {
			makeAllCalls();
			return null;
		});
		new Thread(threads, soak).start();
		soak.get();
		Awaitility.await().until(() -> threads.activeCount() == 0);
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(files()).as("open files and sockets").isLessThanOrEqualTo(filesBefore + 10));
		Map<String, Long> counts = new TreeMap<>();
		this.outcomes.forEach((outcome, count) -> counts.put(outcome, count.sum()));
		System.out.println("soak of EmbeddedKratos: " + CALLS + " calls, " + counts);
		assertThat(counts.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(CALLS);
		// A response is unreadable if its headers end too early: HttpClient takes them as
		// complete.
		assertThat(counts.keySet()).isSubsetOf("result", "KratosServerException", "KratosRateLimitedException",
				"KratosUnavailableException", "KratosUnreadableResponseException");
		assertThat(counts).containsKeys("KratosServerException", "KratosRateLimitedException",
				"KratosUnavailableException");
		assertThat(counts.get("result")).isGreaterThan(CALLS * 9 / 10);
	}

	private void makeAllCalls() throws Exception {
		try (EmbeddedKratos kratos = EmbeddedKratos.start(); FaultyProxy proxy = new FaultyProxy(kratos.adminUrl())) {
			try (KratosAdmin admin = KratosAdmin.builder()
				.baseUrl(proxy.url())
				.pathPrefix("/admin")
				.readTimeout(TIMEOUT)
				.acquireTimeout(TIMEOUT)
				.build()) {
				List<Identity> identities = IntStream.range(0, THREADS)
					.mapToObj((i) -> create(admin, i + "@a.test"))
					.toList();
				run(CALLS / 5, admin, kratos, identities);
				long heap = heap();
				run(CALLS, admin, kratos, identities);
				assertThat(heap() - heap).as("bytes of heap added after the first fifth of the calls")
					.isLessThan(12L * 1024 * 1024);
				Awaitility.await()
					.untilAsserted(() -> assertThat(proxy.openConnections()).as("connections in the pool")
						.isLessThanOrEqualTo(50));
			}
			Awaitility.await().untilAsserted(() -> assertThat(proxy.openConnections()).isZero());
		}
	}

	/**
	 * Makes calls up to a total number.
	 */
	private void run(long until, KratosAdmin admin, EmbeddedKratos kratos, List<Identity> identities) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		List<? extends Future<?>> done = IntStream.range(0, THREADS).mapToObj((i) -> threads.submit(() -> {
			Caller caller = new Caller(admin, identities.get(i), i + until);
			for (long n = next(until); n > 0; n = next(until)) {
				if (n % 200 == 0) {
					kratos.failNext(1, (n % 400 == 0) ? 503 : 429);
				}
				caller.call();
			}
		})).toList();
		threads.shutdown();
		for (Future<?> thread : done) {
			thread.get();
		}
	}

	/**
	 * The number of the next call, 0 if there is none.
	 */
	private long next(long until) {
		long before = this.made.getAndUpdate((now) -> (now < until) ? now + 1 : now);
		return (before < until) ? before + 1 : 0;
	}

	private static Identity create(KratosAdmin admin, String email) {
		return admin.identities()
			.createIdentity(CreateIdentity.builder().schemaId("default").traits(traits(email)).build());
	}

	private static Map<String, Object> traits(String email) {
		return Map.of("email", email);
	}

	private static long heap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	/**
	 * The number of open files and sockets of this process, 0 if the system does not
	 * provide it.
	 */
	private static int files() {
		String[] files = new File("/proc/self/fd").list();
		return (files != null) ? files.length : 0;
	}

	private final class Caller {

		private final KratosAdmin admin;

		private final String email;

		private final String id;

		private final Random random;

		private @Nullable String another;

		Caller(KratosAdmin admin, Identity identity, long seed) {
			this.admin = admin;
			this.email = identity.traits().path("email").asString();
			this.id = identity.id();
			this.random = new Random(seed);
		}

		void call() {
			String outcome = "result";
			try {
				callAny();
			}
			catch (KratosException ex) {
				outcome = ex.getClass().getSimpleName();
			}
			catch (Throwable ex) {
				outcome = "untyped " + ex;
			}
			EmbeddedKratosSoakTests.this.outcomes.computeIfAbsent(outcome, (key) -> new LongAdder()).increment();
		}

		private void callAny() {
			switch (this.random.nextInt(8)) {
				case 0 -> this.admin.identities().listIdentities(ListIdentities.builder().pageSize(10).build());
				case 1 -> this.admin.identities()
					.updateIdentity(this.id,
							UpdateIdentity.builder().schemaId("default").traits(traits(this.email)).build());
				case 2 -> createOrDelete();
				case 3 -> this.admin.metadata().isReady();
				default -> this.admin.identities().getIdentity(this.id);
			}
		}

		private void createOrDelete() {
			String delete = this.another;
			this.another = null;
			if (delete != null) {
				this.admin.identities().deleteIdentity(delete);
			}
			else {
				this.another = create(this.admin, UUID.randomUUID() + "@a.test").id();
			}
		}

	}

}
