package io.github.kratosadmin;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ImportResult;
import io.github.kratosadmin.identity.ImportResult.Outcome;
import io.github.kratosadmin.identity.ImportSummary;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.testing.TestServer;
import io.github.kratosadmin.testing.TestServer.Request;
import io.github.kratosadmin.testing.TestServer.StubResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

import org.springframework.core.task.SimpleAsyncTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Imports and read-ahead on the executor of an application, however few threads it has.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ExecutorTests {

	private static final int PAGES = 5;

	private final Queue<String> sent = new ConcurrentLinkedQueue<>();

	private volatile boolean held;

	@AutoClose
	private final TestServer server = new TestServer().version("v26.2.0").otherwise(this::respond);

	private final List<ExecutorService> pools = new ArrayList<>();

	private final Queue<Runnable> queued = new ConcurrentLinkedQueue<>();

	@AfterEach
	void stopThePools() {
		this.pools.forEach(ExecutorService::shutdownNow);
	}

	private StubResponse respond(Request request) {
		if (request.path().equals("/health/ready")) {
			return StubResponse.json("{\"status\":\"ok\"}");
		}
		if (request.method().equals("GET")) {
			String[] query = request.target().split("page_token=");
			int page = (query.length > 1) ? Integer.parseInt(query[1].split("&")[0]) : 1;
			String link = (page < PAGES) ? "</admin/identities?page_token=" + (page + 1) + ">; rel=\"next\"" : "<x>";
			return StubResponse.json("[{\"id\":\"" + page + "\"}]").header("Link", link);
		}
		if (this.held) {
			return StubResponse.held();
		}
		JsonNode body = KratosJson.mapper().readTree(request.body());
		ArrayNode results = KratosJson.mapper().createArrayNode();
		for (JsonNode patch : body.path("identities")) {
			String email = patch.at("/create/traits/email").asString();
			this.sent.add(email);
			results.addObject().put("action", "create").put("identity", email).set("patch_id", patch.get("patch_id"));
		}
		return StubResponse.json("{\"identities\":" + results + "}");
	}

	private KratosAdmin admin(Executor executor) {
		return KratosAdmin.builder().baseUrl(this.server.url()).pathPrefix("").executor(executor).build();
	}

	private ExecutorService pool(int threads) {
		ExecutorService pool = Executors.newFixedThreadPool(threads);
		this.pools.add(pool);
		return pool;
	}

	private static List<String> export(KratosAdmin admin) {
		try (Stream<Identity> export = admin.identities().streamIdentitiesAhead(ListIdentities.builder().build())) {
			return export.map(Identity::id).toList();
		}
	}

	private static CreateIdentity person(String email) {
		return CreateIdentity.builder().schemaId("default").traits(Map.of("email", email)).build();
	}

	private static Stream<CreateIdentity> people(int count) {
		return IntStream.range(0, count).mapToObj((number) -> person("p" + number));
	}

	private static ImportIdentities.Builder options() {
		return ImportIdentities.builder().chunkSize(10).concurrency(4);
	}

	private static List<ImportResult> importAll(KratosAdmin admin, int rows) {
		List<ImportResult> results = new ArrayList<>();
		ImportSummary summary = admin.importIdentities(people(rows), options().build(), results::add);
		assertThat(summary.created()).isEqualTo(rows);
		return results;
	}

	private void assertEachRowWasSentOnce(List<ImportResult> results, int rows) {
		assertThat(results).extracting(ImportResult::row)
			.containsExactlyElementsOf(LongStream.range(0, rows).boxed().toList());
		assertThat(results).extracting(ImportResult::outcome).containsOnly(Outcome.CREATED);
		assertThat(this.sent).hasSize(rows).doesNotHaveDuplicates();
	}

	@Test
	void withoutAnExecutorTheClientHasItsOwnThreads() {
		try (KratosAdmin admin = admin(null)) {
			assertThat(export(admin)).containsExactly("1", "2", "3", "4", "5");
			assertEachRowWasSentOnce(importAll(admin, 95), 95);
		}
	}

	@Test
	void theExecutorRunsRequestsWhileTheCallerReads() throws Exception {
		Queue<String> threads = new ConcurrentLinkedQueue<>();
		ExecutorService pool = Executors.newCachedThreadPool((task) -> new Thread(task, "application"));
		this.pools.add(pool);
		try (KratosAdmin admin = admin((task) -> pool.execute(() -> {
			threads.add(Thread.currentThread().getName());
			task.run();
		})); Stream<Identity> export = admin.identities().streamIdentitiesAhead(ListIdentities.builder().build())) {
			Iterator<Identity> identities = export.iterator();
			assertThat(identities.next().id()).isEqualTo("1");
			this.server.awaitRequest();
			this.server.awaitRequest();
			assertThat(threads).containsExactly("application");
		}
	}

	@Test
	void aReaderOnTheOnlyThreadOfAPoolReadsAllPages() throws Exception {
		ExecutorService pool = pool(1);
		try (KratosAdmin admin = admin(pool)) {
			assertThat(pool.submit(() -> export(admin)).get()).containsExactly("1", "2", "3", "4", "5");
		}
	}

	@Test
	void anImportOnTheOnlyThreadOfAPoolCreatesAllRows() throws Exception {
		ExecutorService pool = pool(1);
		try (KratosAdmin admin = admin(pool)) {
			assertEachRowWasSentOnce(pool.submit(() -> importAll(admin, 95)).get(), 95);
		}
	}

	@Test
	void anImportOnTheOnlyThreadOfALimitedExecutorCreatesAllRowsIfThatRejectsTasks() throws Exception {
		SimpleAsyncTaskExecutor limited = new SimpleAsyncTaskExecutor();
		limited.setConcurrencyLimit(1);
		limited.setRejectTasksWhenLimitReached(true);
		try (KratosAdmin admin = admin(limited)) {
			assertEachRowWasSentOnce(limited.submit(() -> importAll(admin, 95)).get(), 95);
		}
	}

	@Test
	void eightImportsAndTheirSourcesRunOnEightThreadsWithAnEndlessQueue() throws Exception {
		ExecutorService pool = pool(8);
		CyclicBarrier allThreadsAreTaken = new CyclicBarrier(8);
		try (KratosAdmin admin = admin(pool)) {
			List<Future<ImportSummary>> imports = IntStream.range(0, 8).mapToObj((number) -> pool.submit(() -> {
				allThreadsAreTaken.await();
				Stream<CreateIdentity> source = admin.identities()
					.streamIdentitiesAhead(ListIdentities.builder().build())
					.flatMap((identity) -> IntStream.range(0, 20)
						.mapToObj((row) -> person(number + "-" + identity.id() + "-" + row)));
				return admin.importIdentities(source, options().build(), (result) -> {
				});
			})).toList();
			for (Future<ImportSummary> one : imports) {
				assertThat(one.get().created()).isEqualTo(PAGES * 20);
			}
		}
		assertThat(this.sent).hasSize(8 * PAGES * 20).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@MethodSource
	void nothingIsLostWhateverTheExecutorDoesWithItsTasks(Executor executor) {
		try (KratosAdmin admin = admin(executor)) {
			assertThat(export(admin)).containsExactly("1", "2", "3", "4", "5");
			assertEachRowWasSentOnce(importAll(admin, 195), 195);
		}
	}

	static Stream<Named<Executor>> nothingIsLostWhateverTheExecutorDoesWithItsTasks() {
		AtomicInteger tasks = new AtomicInteger();
		return Stream.of(Named.of("runs it in the calling thread", Runnable::run), Named.of("drops it", (task) -> {
		}), Named.of("runs it in a new thread", (task) -> new Thread(task).start()),
				Named.of("runs it twice", (task) -> {
					new Thread(task).start();
					task.run();
				}), Named.of("rejects it", (task) -> {
					throw new RejectedExecutionException("full");
				}), Named.of("has no more threads", (task) -> {
					throw new OutOfMemoryError("unable to create native thread");
				}), Named.of("rejects every other", (task) -> {
					if (tasks.incrementAndGet() % 2 == 0) {
						throw new RejectedExecutionException("full");
					}
					new Thread(task).start();
				}), Named.of("rejects it, but runs it", (task) -> {
					new Thread(task).start();
					throw new RejectedExecutionException("full");
				}));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "there are no virtual threads")
	void theExecutorMayStartVirtualThreads() throws Exception {
		ExecutorService threads = (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor")
			.invoke(null);
		this.pools.add(threads);
		try (KratosAdmin admin = admin(threads)) {
			assertThat(threads.submit(() -> export(admin)).get()).containsExactly("1", "2", "3", "4", "5");
			assertEachRowWasSentOnce(threads.submit(() -> importAll(admin, 195)).get(), 195);
		}
	}

	@Test
	void anExecutorThatFailsEndsAnImportAfterTheResultsOfSentRows() {
		AtomicInteger tasks = new AtomicInteger();
		try (KratosAdmin admin = admin((task) -> {
			if (tasks.incrementAndGet() == 3) {
				this.queued.add(task);
				throw new IllegalStateException("broken");
			}
			task.run();
		})) {
			List<ImportResult> results = new ArrayList<>();
			assertThatIllegalStateException()
				.isThrownBy(() -> admin.importIdentities(people(95), options().build(), results::add))
				.withMessage("broken");
			this.queued.forEach(Runnable::run);
			assertEachRowWasSentOnce(results, 20);
		}
	}

	@Test
	void anExecutorThatFailsFailsAnExport() {
		try (KratosAdmin admin = admin((task) -> {
			throw new IllegalStateException("broken");
		})) {
			assertThatIllegalStateException().isThrownBy(() -> export(admin)).withMessage("broken");
		}
	}

	@Test
	void aQueueHoldsNothingOfAnImportAndFewTasks() {
		try (KratosAdmin admin = admin(this.queued::add)) {
			WeakReference<CreateIdentity> row = importOne(admin);
			assertThat(this.queued).hasSize(1);
			importAll(admin, 200);
			assertThat(this.queued).hasSizeLessThanOrEqualTo(1 + 4);
			Awaitility.await().until(() -> {
				System.gc();
				return row.get() == null;
			});
		}
	}

	@Test
	void aPageThatWaitsForAThreadIsNotRequestedAfterTheStreamIsClosed() {
		try (KratosAdmin admin = admin(this.queued::add)) {
			try (Stream<Identity> export = admin.identities().streamIdentitiesAhead(ListIdentities.builder().build())) {
				assertThat(export.iterator().next().id()).isEqualTo("1");
			}
			this.queued.forEach(Runnable::run);
			assertThat(this.server.requests()).hasSize(1);
		}
	}

	@Test
	void closingTheStreamEndsTheRequestButNotTheNextTaskOfTheThread() throws Exception {
		this.server.respond(respond(new Request("GET", "/admin/identities", Map.of(), "")), StubResponse.held());
		Queue<Boolean> interrupted = new ConcurrentLinkedQueue<>();
		try (KratosAdmin admin = admin((task) -> new Thread(() -> {
			task.run();
			interrupted.add(Thread.currentThread().isInterrupted());
		}).start())) {
			try (Stream<Identity> export = admin.identities().streamIdentitiesAhead(ListIdentities.builder().build())) {
				assertThat(export.iterator().next().id()).isEqualTo("1");
				this.server.awaitRequest();
				this.server.awaitRequest();
			}
			this.server.awaitDisconnect();
			Awaitility.await().until(() -> !interrupted.isEmpty());
			assertThat(interrupted).containsExactly(false);
		}
	}

	@Test
	void rowsThatWaitForAThreadAreNotSentAfterTheStreamIsClosed() {
		try (KratosAdmin admin = admin(this.queued::add)) {
			try (Stream<ImportResult> results = admin.importIdentitiesLazily(people(95), options().build())) {
				assertThat(results.iterator().next().outcome()).isEqualTo(Outcome.CREATED);
			}
			this.queued.forEach(Runnable::run);
			assertThat(this.sent).hasSize(10);
		}
	}

	@Test
	void anInterruptedImportSendsNoRowThatWaitsForAThread() {
		List<ImportResult> results = new ArrayList<>();
		try (KratosAdmin admin = admin(this.queued::add)) {
			assertThatExceptionOfType(KratosUnavailableException.class)
				.isThrownBy(() -> admin.importIdentities(people(95), options().build(), (result) -> {
					results.add(result);
					if (result.row() == 15) {
						Thread.currentThread().interrupt();
					}
				}))
				.withMessageContaining("interrupted");
			assertThat(Thread.interrupted()).isTrue();
			this.queued.forEach(Runnable::run);
			assertEachRowWasSentOnce(results, 20);
		}
	}

	@Test
	void anInterruptionEndsTheRequestsOfTheExecutorButNotTheNextTasksOfItsThreads() throws Exception {
		this.held = true;
		Queue<Boolean> interrupted = new ConcurrentLinkedQueue<>();
		Thread caller = Thread.currentThread();
		List<ImportResult> results = new ArrayList<>();
		try (KratosAdmin admin = admin((task) -> new Thread(() -> {
			task.run();
			interrupted.add(Thread.currentThread().isInterrupted());
		}).start())) {
			Thread interrupter = new Thread(() -> {
				Awaitility.await().until(() -> this.server.requests().size() == 2);
				caller.interrupt();
			});
			interrupter.start();
			assertThatExceptionOfType(KratosUnavailableException.class)
				.isThrownBy(() -> admin.importIdentities(people(95), options().concurrency(2).build(), results::add))
				.withMessageContaining("interrupted");
			assertThat(Thread.interrupted()).isTrue();
			interrupter.join();
			Awaitility.await().until(() -> interrupted.size() >= 2);
			assertThat(interrupted).containsOnly(false);
		}
		assertThat(results).hasSize(20).extracting(ImportResult::outcome).containsOnly(Outcome.UNKNOWN);
	}

	@ParameterizedTest
	@MethodSource
	void anInterruptionOfTheCallersOwnRequestStopsTheImport(Executor executor) {
		this.held = true;
		Thread caller = Thread.currentThread();
		List<ImportResult> results = new ArrayList<>();
		try (KratosAdmin admin = admin(executor)) {
			Thread interrupter = new Thread(() -> {
				Awaitility.await().until(() -> this.server.requests().size() == 1);
				caller.interrupt();
			});
			interrupter.start();
			assertThatExceptionOfType(KratosUnavailableException.class)
				.isThrownBy(() -> admin.importIdentities(people(95), options().build(), results::add))
				.withMessageContaining("interrupted");
			assertThat(Thread.interrupted()).isTrue();
		}
		assertThat(results).hasSize(10).extracting(ImportResult::outcome).containsOnly(Outcome.UNKNOWN);
		assertThat(this.server.requests()).hasSize(1);
	}

	static Stream<Named<Executor>> anInterruptionOfTheCallersOwnRequestStopsTheImport() {
		return Stream.of(Named.of("runs it in the calling thread", Runnable::run), Named.of("drops it", (task) -> {
		}));
	}

	@ParameterizedTest
	@MethodSource("anInterruptionOfTheCallersOwnRequestStopsTheImport")
	void theStopConditionStopsRowsThatWaitForAThread(Executor executor) {
		List<ImportResult> results = new ArrayList<>();
		try (KratosAdmin admin = admin(executor)) {
			admin.importIdentities(people(95), options().stop(() -> this.sent.size() >= 20).build(), results::add);
		}
		assertEachRowWasSentOnce(results, 20);
	}

	@ParameterizedTest
	@MethodSource("anInterruptionOfTheCallersOwnRequestStopsTheImport")
	void aFailureOfTheStopConditionIsThrownAfterTheResultsOfSentRows(Executor executor) {
		List<ImportResult> results = new ArrayList<>();
		ImportIdentities options = options().stop(() -> {
			if (this.sent.size() >= 20) {
				throw new IllegalStateException("stop");
			}
			return false;
		}).build();
		try (KratosAdmin admin = admin(executor)) {
			assertThatIllegalStateException()
				.isThrownBy(() -> admin.importIdentities(people(95), options, results::add))
				.withMessage("stop");
		}
		assertEachRowWasSentOnce(results, 20);
	}

	@ParameterizedTest
	@MethodSource("anInterruptionOfTheCallersOwnRequestStopsTheImport")
	void rowsThatWaitForAThreadAreNotSentDuringAPause(Executor executor) {
		this.server.respond(StubResponse.empty(503));
		List<ImportResult> results = new ArrayList<>();
		try (KratosAdmin admin = admin(executor)) {
			admin.importIdentities(people(95), options().failuresBeforePause(1).build(), results::add);
		}
		assertThat(this.server.requests()).extracting(Request::path)
			.startsWith("/identities", "/health/ready", "/identities")
			.hasSize(12);
		assertThat(results.subList(0, 10)).extracting(ImportResult::outcome).containsOnly(Outcome.UNKNOWN);
		assertThat(results.subList(10, 95)).extracting(ImportResult::outcome).containsOnly(Outcome.CREATED);
	}

	@ParameterizedTest
	@MethodSource("anInterruptionOfTheCallersOwnRequestStopsTheImport")
	void rowsThatWaitForAThreadAreNotSentAfterTheImportHasGivenUp(Executor executor) {
		this.server.respond(StubResponse.empty(429).header("Retry-After", "3600"));
		List<ImportResult> results = new ArrayList<>();
		try (KratosAdmin admin = admin(executor)) {
			admin.importIdentities(people(95), options().build(), results::add);
		}
		assertThat(this.server.requests()).hasSize(1);
		assertThat(results.subList(0, 10)).extracting(ImportResult::outcome).containsOnly(Outcome.FAILED);
		assertThat(results.subList(10, 95)).extracting(ImportResult::outcome).containsOnly(Outcome.NOT_SENT);
	}

	private static WeakReference<CreateIdentity> importOne(KratosAdmin admin) {
		CreateIdentity person = person("secret");
		admin.importIdentities(Stream.of(person), options().build(), (result) -> {
		});
		return new WeakReference<>(person);
	}

}
