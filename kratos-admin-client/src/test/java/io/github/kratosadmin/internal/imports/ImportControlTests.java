package io.github.kratosadmin.internal.imports;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosError;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosServerException;
import io.github.kratosadmin.error.KratosUnavailableException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.BatchPatchIdentities;
import io.github.kratosadmin.identity.BatchPatchIdentities.IdentityPatch;
import io.github.kratosadmin.identity.BatchPatchIdentitiesResult;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ImportResult;
import io.github.kratosadmin.identity.ImportResult.Outcome;
import io.github.kratosadmin.identity.ImportSummary;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.internal.operation.CallerContext;
import io.github.kratosadmin.internal.operation.ClientCounters;
import io.github.kratosadmin.metadata.Readiness;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Runs imports in simulated time: requests are sent in the thread of the test, and a wait
 * takes no time.
 */
class ImportControlTests {

	private static final KratosError ERROR = KratosJson.mapper()
		.readValue("{\"code\":400,\"message\":\"broken\"}", KratosError.class);

	private final SimulatedTime time = new SimulatedTime();

	/** What was sent, such as {@code 250 ms: 100 rows}. */
	private final List<String> sent = Collections.synchronizedList(new ArrayList<>());

	private final List<ImportResult> results = new ArrayList<>();

	private final AtomicBoolean closed = new AtomicBoolean();

	private int created;

	private Function<BatchPatchIdentities, BatchPatchIdentitiesResult> server = this::create;

	private Supplier<Readiness> readiness = () -> new Readiness(true, Map.of(), null);

	private ImportSummary importAll(int rows, ImportIdentities.Builder options) {
		CallerContext context = new CallerContext(() -> null, false, ObservationRegistry.NOOP, Runnable::run);
		return new IdentityImport(identities(), this::isReady, this.closed::get, context, new ClientCounters(),
				people(rows), options.build(), this.time)
			.run(this.results::add);
	}

	private static Stream<CreateIdentity> people(int count) {
		return IntStream.range(0, count)
			.mapToObj((number) -> CreateIdentity.builder().traits(Map.of("email", "p" + number + "@a.test")).build());
	}

	private Readiness isReady() {
		this.sent.add(this.time.millis() + " ms: readiness");
		return this.readiness.get();
	}

	private IdentityApi identities() {
		return (IdentityApi) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { IdentityApi.class },
				(proxy, method, arguments) -> {
					if (arguments[0] instanceof BatchPatchIdentities batch) {
						this.sent.add(this.time.millis() + " ms: " + batch.identities().size() + " rows");
						return this.server.apply(batch);
					}
					this.sent.add(this.time.millis() + " ms: one row");
					this.created++;
					return KratosJson.mapper().readValue("{\"id\":\"x\"}", Identity.class);
				});
	}

	private synchronized BatchPatchIdentitiesResult create(BatchPatchIdentities batch) {
		this.created += batch.identities().size();
		String results = String.join(",",
				batch.identities()
					.stream()
					.map(IdentityPatch::patchId)
					.map((id) -> "{\"action\":\"create\",\"identity\":\"x\",\"patch_id\":\"%s\"}".formatted(id))
					.toList());
		return KratosJson.mapper().readValue("{\"identities\":[" + results + "]}", BatchPatchIdentitiesResult.class);
	}

	private static ImportIdentities.Builder options() {
		return ImportIdentities.builder();
	}

	private static KratosException failing() {
		return new KratosServerException("batchPatchIdentities", 503, ERROR);
	}

	private static KratosException refusedConnection(String operation) {
		KratosException ex = new KratosUnavailableException(operation, "refused", new IllegalStateException());
		ex.setRequestSent(false);
		return ex;
	}

	private long count(Outcome outcome) {
		return this.results.stream().filter((result) -> result.outcome() == outcome).count();
	}

	// A maximum rate

	@Test
	void chunksHaveNoMoreRowsThanThoseOfASecondAndAreEvenlySpaced() {
		importAll(350, options().maxRowsPerSecond(100));
		assertThat(this.sent).containsExactly("0 ms: 100 rows", "1000 ms: 100 rows", "2000 ms: 100 rows",
				"3000 ms: 50 rows");
	}

	@Test
	void chunksThatAreSmallerThanThoseOfASecondAreSpacedByTheirRows() {
		importAll(100, options().maxRowsPerSecond(100).chunkSize(30));
		assertThat(this.sent).containsExactly("0 ms: 30 rows", "300 ms: 30 rows", "600 ms: 30 rows", "900 ms: 10 rows");
	}

	@Test
	void requestsAreEvenlySpaced() {
		importAll(40, options().maxRequestsPerSecond(4).chunkSize(10));
		assertThat(this.sent).containsExactly("0 ms: 10 rows", "250 ms: 10 rows", "500 ms: 10 rows", "750 ms: 10 rows");
	}

	@Test
	void theStricterOfTwoMaximumsDecides() {
		importAll(25, options().maxRequestsPerSecond(4).maxRowsPerSecond(20).chunkSize(10));
		importAll(2, options().maxRequestsPerSecond(4).maxRowsPerSecond(20).chunkSize(1));
		assertThat(this.sent).containsExactly("0 ms: 10 rows", "500 ms: 10 rows", "1000 ms: 5 rows", "1000 ms: 1 rows",
				"1250 ms: 1 rows");
	}

	@Test
	void aDelayIsNotMadeUpFor() {
		this.server = (batch) -> {
			this.time.advance(Duration.ofMillis((this.sent.size() == 1) ? 3_100 : 0));
			return create(batch);
		};
		importAll(30, options().maxRequestsPerSecond(1).chunkSize(10));
		assertThat(this.sent).containsExactly("0 ms: 10 rows", "4100 ms: 10 rows", "5100 ms: 10 rows");
	}

	@Test
	void rowsThatAreSentOneByOneCount() {
		this.server = (batch) -> {
			throw new KratosUnsupportedException("batchPatchIdentities", "it", "0.13", "0.11");
		};
		importAll(3, options().maxRowsPerSecond(2));
		assertThat(this.sent).containsExactly("0 ms: 2 rows", "1000 ms: one row", "1500 ms: one row", "2000 ms: 1 rows",
				"2500 ms: one row");
	}

	@Test
	void rowsThatAreSentAgainInHalvesCount() {
		this.server = (batch) -> {
			if (batch.identities().size() == 10) {
				throw new KratosBadRequestException("batchPatchIdentities", 400, ERROR);
			}
			return create(batch);
		};
		importAll(10, options().maxRowsPerSecond(10));
		assertThat(this.sent).containsExactly("0 ms: 10 rows", "1000 ms: 5 rows", "1500 ms: 5 rows");
	}

	@Test
	void readinessChecksCount() {
		this.server = (batch) -> {
			if (this.sent.size() < 3) {
				throw failing();
			}
			return create(batch);
		};
		importAll(40, options().maxRequestsPerSecond(2).chunkSize(10).failuresBeforePause(2));
		assertThat(this.sent).containsExactly("0 ms: 10 rows", "500 ms: 10 rows", "1000 ms: readiness",
				"1500 ms: 1 rows", "2000 ms: 9 rows", "2500 ms: 10 rows");
	}

	@Test
	void aStopEndsTheWaitForTheRate() {
		assertThat(importAll(1_000, options().maxRequestsPerSecond(1).stop(() -> this.time.millis() >= 500)))
			.isEqualTo(new ImportSummary(250, 0, 0, 0));
		assertThat(this.time.millis()).isLessThan(600);
	}

	@Test
	void aClosedClientEndsTheWaitForTheRate() {
		this.time.onAdvance = () -> this.closed.set(this.time.millis() >= 500);
		assertThat(importAll(1_000, options().maxRequestsPerSecond(1))).isEqualTo(new ImportSummary(250, 0, 0, 750));
		assertThat(this.time.millis()).isLessThan(600);
	}

	@Test
	void anInterruptionEndsTheWaitForTheRate() {
		this.time.onAdvance = () -> Thread.currentThread().interrupt();
		assertThatExceptionOfType(KratosUnavailableException.class)
			.isThrownBy(() -> importAll(1_000, options().maxRequestsPerSecond(1)))
			.withMessageContaining("interrupted");
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.results).hasSize(250);
		assertThat(this.time.millis()).isLessThan(100);
	}

	@Test
	void theWaitForTheRateDoesNotCountAsAPause() {
		this.server = (batch) -> {
			if (this.created == 0 && this.sent.size() < 6) {
				throw failing();
			}
			return create(batch);
		};
		// Without the wait for the rate, the pauses take 250, 500 and 1000 ms.
		importAll(50,
				options().maxRequestsPerSecond(1)
					.chunkSize(10)
					.failuresBeforePause(1)
					.maxPause(Duration.ofMillis(1_800)));
		assertThat(this.sent).hasSize(11).element(6).isEqualTo("6000 ms: 1 rows");
		assertThat(count(Outcome.NOT_SENT)).isZero();
	}

	/**
	 * Each look at the clock takes some time, so that the request becomes due between any
	 * two of them.
	 */
	@ParameterizedTest
	@ValueSource(longs = { 110, 130, 170, 210, 260, 340, 510 })
	void aRequestThatHasJustBecomeDueDoesNotWaitForAnother(long stepMillis) {
		CountDownLatch secondSent = new CountDownLatch(2);
		Semaphore started = new Semaphore(0);
		this.server = (batch) -> {
			secondSent.countDown();
			started.release();
			awaitUninterrupted(secondSent);
			return create(batch);
		};
		List<Long> waits = new ArrayList<>();
		ImportTime slow = new ImportTime() {

			private long now;

			@Override
			long now() {
				this.now += TimeUnit.MILLISECONDS.toNanos(stepMillis);
				return this.now;
			}

			@Override
			void await(Semaphore ended, long nanos) throws InterruptedException {
				if (secondSent.getCount() > 0) {
					waits.add(nanos);
				}
				else {
					super.await(ended, nanos);
				}
			}

		};
		Executor threads = (task) -> {
			new Thread(task).start();
			started.acquireUninterruptibly();
		};
		new IdentityImport(identities(), this::isReady, this.closed::get,
				new CallerContext(() -> null, false, ObservationRegistry.NOOP, threads), new ClientCounters(),
				people(20), options().chunkSize(10).concurrency(2).maxRequestsPerSecond(1).build(), slow)
			.run(this.results::add);
		assertThat(this.results).hasSize(20);
		assertThat(waits).allMatch((nanos) -> nanos < TimeUnit.MILLISECONDS.toNanos(100));
	}

	private static void awaitUninterrupted(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1 })
	void aMaximumRateIsAtLeastOne(int rate) {
		assertThatIllegalArgumentException().isThrownBy(() -> options().maxRowsPerSecond(rate).build())
			.withMessage("maxRowsPerSecond must be 1 or more, but was " + rate);
		assertThatIllegalArgumentException().isThrownBy(() -> options().maxRequestsPerSecond(rate).build())
			.withMessage("maxRequestsPerSecond must be 1 or more, but was " + rate);
	}

	// A pause until the server is ready

	@Test
	void anImportWaitsForHoursForAServerThatIsNotReady() {
		Supplier<Boolean> down = () -> this.time.millis() < Duration.ofHours(4).toMillis();
		this.readiness = () -> new Readiness(!down.get(), Map.of(), null);
		this.server = (batch) -> {
			if (down.get()) {
				throw failing();
			}
			return create(batch);
		};
		ImportSummary summary = importAll(1_000, options().chunkSize(10).concurrency(1).maxPause(Duration.ofHours(5)));
		assertThat(summary).isEqualTo(new ImportSummary(970, 0, 30, 0));
		assertThat(this.sent).filteredOn((request) -> request.endsWith("readiness")).hasSizeBetween(1_440, 1_450);
	}

	@Test
	void aServerWithoutAReadinessCheckThatIsFailingForHoursCostsOneRowEachTime() {
		Supplier<Boolean> down = () -> this.time.millis() < Duration.ofHours(1).toMillis();
		this.readiness = () -> {
			throw new KratosNotFoundException("isReady", 404, ERROR);
		};
		this.server = (batch) -> {
			if (down.get()) {
				throw failing();
			}
			return create(batch);
		};
		importAll(1_000, options().chunkSize(100).concurrency(1).maxPause(Duration.ofHours(2)));
		assertThat(count(Outcome.UNKNOWN)).isBetween(300L + 355, 300L + 370);
		assertThat(this.created).isEqualTo((int) count(Outcome.CREATED));
		assertThat(this.results).hasSize(1_000);
	}

	@Test
	void anImportThatStartsWhileTheServerIsDownLosesNoRow() {
		Supplier<Boolean> down = () -> this.time.millis() < Duration.ofMinutes(1).toMillis();
		this.readiness = () -> {
			if (down.get()) {
				throw refusedConnection("isReady");
			}
			return new Readiness(true, Map.of(), null);
		};
		this.server = (batch) -> {
			if (down.get()) {
				throw refusedConnection("batchPatchIdentities");
			}
			return create(batch);
		};
		assertThat(importAll(1_000, options())).isEqualTo(new ImportSummary(1_000, 0, 0, 0));
		assertThat(this.sent).filteredOn((request) -> request.endsWith("rows")).hasSize(3 + 2 + 3);
	}

	@Test
	void rowsWithoutAConnectionAreNotSentIfTheServerIsDownForTooLong() {
		this.readiness = () -> {
			throw refusedConnection("isReady");
		};
		this.server = (batch) -> {
			throw refusedConnection("batchPatchIdentities");
		};
		assertThat(importAll(1_000, options())).isEqualTo(new ImportSummary(0, 0, 0, 1_000));
		assertThat(this.results).extracting(ImportResult::row)
			.containsExactlyElementsOf(IntStream.range(0, 1_000).mapToObj(Long::valueOf).toList());
		assertThat(this.time.millis()).isBetween(100_000L, 120_000L);
	}

	@Test
	void rowsWhoseConnectionFailedAreNotSentAgainWithoutAPauseForever() {
		this.server = (batch) -> {
			if (this.sent.size() < 100) {
				throw refusedConnection("batchPatchIdentities");
			}
			return create(batch);
		};
		importAll(10, options().failuresBeforePause(Integer.MAX_VALUE).maxPause(Duration.ofHours(1)));
		assertThat(this.sent).filteredOn((request) -> request.startsWith("0 ms")).hasSize(10);
		assertThat(count(Outcome.CREATED)).isEqualTo(10);
	}

	// How many requests at the same time

	@Test
	void chunksThatAreSentInPartsAreSentAsOftenAsAllowed() {
		this.server = (batch) -> {
			if (batch.identities().stream().anyMatch((patch) -> Long.parseLong(number(patch)) % 10 == 0)) {
				throw new KratosBadRequestException("batchPatchIdentities", 400, ERROR);
			}
			return create(batch);
		};
		assertThat(requestsAtTheSameTime(2_000, options().chunkSize(10).concurrency(8))).isEqualTo(8);
		assertThat(this.created).isEqualTo(1_800);
	}

	@Test
	void rowsThatAreAllRefusedAreSentAsOftenAsAllowed() {
		this.server = (batch) -> {
			throw new KratosBadRequestException("batchPatchIdentities", 400, ERROR);
		};
		assertThat(requestsAtTheSameTime(2_000, options().chunkSize(10).concurrency(8))).isEqualTo(8);
		assertThat(count(Outcome.FAILED)).isEqualTo(2_000);
	}

	private static String number(IdentityPatch patch) {
		return patch.create().traits().get("email").asString().replaceAll("\\D", "");
	}

	/**
	 * Imports without threads. The executor gets no more signals than requests that wait
	 * at the same time.
	 */
	private int requestsAtTheSameTime(int rows, ImportIdentities.Builder options) {
		List<Runnable> signals = new ArrayList<>();
		CallerContext context = new CallerContext(() -> null, false, ObservationRegistry.NOOP, signals::add);
		new IdentityImport(identities(), this::isReady, this.closed::get, context, new ClientCounters(), people(rows),
				options.build(), this.time)
			.run(this.results::add);
		assertThat(this.results).hasSize(rows);
		return signals.size();
	}

	private static final class SimulatedTime extends ImportTime {

		private long now;

		private Runnable onAdvance = () -> {
		};

		@Override
		long now() {
			return this.now;
		}

		long millis() {
			return TimeUnit.NANOSECONDS.toMillis(this.now);
		}

		void advance(Duration duration) {
			this.now += duration.toNanos();
			this.onAdvance.run();
		}

		@Override
		void await(Semaphore ended, long nanos) throws InterruptedException {
			if (!ended.tryAcquire()) {
				advance(Duration.ofNanos(nanos));
			}
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
		}

	}

}
