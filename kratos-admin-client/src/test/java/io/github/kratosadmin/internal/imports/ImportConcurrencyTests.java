package io.github.kratosadmin.internal.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

import io.github.kratosadmin.identity.ImportIdentities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Runs an import on a simulated server, in simulated time.
 */
class ImportConcurrencyTests {

	private static final int ROWS = 250;

	/** The time of a chunk on a server without other requests, in seconds. */
	private static final double CHUNK = 0.5;

	private static ImportConcurrency concurrency(int max) {
		return new ImportConcurrency(ImportIdentities.builder().concurrency(max).build());
	}

	// A server with room

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 8, 64 })
	void anImportSendsAsManyRequestsAsItMayIfTheServerHasRoom(int max) {
		Server server = new Server(1_000);
		server.run(concurrency(max), 150);
		assertThat(server.limit).isEqualTo(max);
	}

	@Test
	void anImportStartsWithFourRequestsAndGrowsQuickly() {
		Server server = new Server(1_000);
		server.run(concurrency(64), 150);
		assertThat(server.limits).startsWith(4, 8, 16, 32, 64);
	}

	@Test
	void anImportTakesNoLongerIfTheServerHasRoom() {
		assertThat(new Server(1_000).timeOf(concurrency(4), 2_000)).isCloseTo(2_000 * CHUNK / 4,
				within(0.01 * 2_000 * CHUNK / 4));
	}

	// A server that is busy with the import alone

	@ParameterizedTest
	@CsvSource({ "1, 4", "1, 64", "2, 4", "2, 64", "4, 4", "4, 64", "16, 64" })
	void anImportTakesNoLongerOnABusyServer(double cores, int max) {
		double fastest = 2_000 * CHUNK / Math.min(cores, max);
		assertThat(new Server(cores).timeOf(concurrency(max), 2_000)).isCloseTo(fastest,
				within(0.01 * fastest + 3 * CHUNK));
	}

	@ParameterizedTest
	@CsvSource({ "1, 64, 8", "2, 64, 8", "4, 64, 8" })
	void anImportLeavesFewRequestsWaitingInABusyServer(double cores, int max, int most) {
		Server server = new Server(cores);
		server.run(concurrency(max), 2_000);
		assertThat(server.limits).allMatch((limit) -> limit <= most);
	}

	// Other users

	@Test
	void anImportGivesWayToOthersAndComesBackWhenTheyLeave() {
		Server server = new Server(2);
		ImportConcurrency concurrency = concurrency(4);
		server.run(concurrency, 100);
		assertThat(server.limit).isGreaterThanOrEqualTo(3);
		server.others = (time) -> 12;
		server.run(concurrency, 20);
		assertThat(server.limit).isEqualTo(1);
		server.others = (time) -> 0;
		server.run(concurrency, 20);
		assertThat(server.limit).isGreaterThanOrEqualTo(3);
	}

	@Test
	void anImportSendsMoreAgainToAServerThatIsSlowerForGood() {
		Server server = new Server(2);
		ImportConcurrency concurrency = concurrency(4);
		server.run(concurrency, 100);
		server.speed = 0.2;
		server.run(concurrency, 20);
		assertThat(server.limit).isEqualTo(1);
		server.run(concurrency, 250);
		assertThat(server.limit).isGreaterThanOrEqualTo(3);
	}

	// Noise

	@ParameterizedTest
	@CsvSource({ "2, 4", "4, 8", "1000, 4" })
	void timesThatVaryCostNoThroughput(double cores, int max) {
		Random random = new Random(1);
		ToDoubleFunction<Random> half = (any) -> 0.5 + any.nextDouble();
		Server server = new Server(cores);
		server.work = () -> CHUNK * half.applyAsDouble(random);
		double steered = server.timeOf(concurrency(max), 2_000);
		Server same = new Server(cores);
		Random again = new Random(1);
		same.work = () -> CHUNK * half.applyAsDouble(again);
		double fixed = same
			.timeOf(new ImportConcurrency(ImportIdentities.builder().concurrency(max).givingWay(false).build()), 2_000);
		assertThat(steered).isCloseTo(fixed, within(0.03 * fixed));
	}

	@Test
	void aShortStallIsForgotten() {
		Server server = new Server(1_000);
		ImportConcurrency concurrency = concurrency(4);
		server.run(concurrency, 50);
		server.speed = 0.05;
		server.run(concurrency, 4);
		server.speed = 1;
		server.run(concurrency, 20);
		assertThat(server.limit).isEqualTo(4);
	}

	@Test
	void veryShortRequestsAreNotCompared() {
		ImportConcurrency concurrency = concurrency(4);
		for (int i = 0; i < 20; i++) {
			concurrency.succeeded(concurrency.round(), 0, 1, TimeUnit.MILLISECONDS.toNanos((i % 2 == 0) ? 1 : 24));
		}
		assertThat(concurrency.limit()).isEqualTo(4);
	}

	// What is not compared

	@Test
	void chunksWithClearPasswordsAreNotComparedWithOthers() {
		ImportConcurrency concurrency = concurrency(4);
		for (int i = 0; i < 40; i++) {
			boolean clear = i >= 20;
			concurrency.succeeded(concurrency.round(), clear ? 2 : 0, clear ? 5 : 250, TimeUnit.SECONDS.toNanos(1));
		}
		assertThat(concurrency.limit()).isEqualTo(4);
	}

	@Test
	void chunksOfDifferentKindsInTurnAreSentAsOftenAsAllowed() {
		ImportConcurrency concurrency = concurrency(4);
		for (int i = 0; i < 40; i++) {
			boolean clear = i % 3 == 0;
			concurrency.succeeded(concurrency.round(), clear ? 2 : 0, clear ? 5 : 250, TimeUnit.SECONDS.toNanos(1));
		}
		assertThat(concurrency.limit()).isEqualTo(4);
	}

	@Test
	void requestsFromBeforeAChangeSayNothingAboutIt() {
		ImportConcurrency concurrency = concurrency(64);
		int first = concurrency.round();
		for (int i = 0; i < 20; i++) {
			concurrency.succeeded(first, 0, ROWS, TimeUnit.SECONDS.toNanos(1));
		}
		assertThat(concurrency.limit()).isEqualTo(8);
	}

	// Failures

	@Test
	void failuresHalveTheNumberOfRequestsOnce() {
		Server server = new Server(1_000);
		ImportConcurrency concurrency = concurrency(16);
		server.run(concurrency, 60);
		int round = concurrency.round();
		for (int i = 0; i < 16; i++) {
			concurrency.failed(round);
		}
		assertThat(concurrency.limit()).isEqualTo(8);
		server.run(concurrency, 200);
		assertThat(concurrency.limit()).isEqualTo(16);
	}

	@Test
	void anImportThatDoesNotGiveWayAlwaysSendsAsManyRequests() {
		Server server = new Server(1);
		server.others = (time) -> 100;
		ImportConcurrency concurrency = new ImportConcurrency(
				ImportIdentities.builder().concurrency(16).givingWay(false).build());
		server.run(concurrency, 100);
		concurrency.failed(concurrency.round());
		assertThat(server.limits).containsOnly(16);
		assertThat(concurrency.limit()).isEqualTo(16);
	}

	/**
	 * A server whose processors share their time between all requests.
	 */
	private static final class Server {

		private final double cores;

		private DoubleUnaryOperator others = (time) -> 0;

		private DoubleSupplier work = () -> CHUNK;

		private double speed = 1;

		private double time;

		private int limit;

		private final List<Integer> limits = new ArrayList<>();

		private final List<Running> running = new ArrayList<>();

		Server(double cores) {
			this.cores = cores;
		}

		double timeOf(ImportConcurrency concurrency, int chunks) {
			double start = this.time;
			run(concurrency, chunks);
			return this.time - start;
		}

		/**
		 * Runs an import until a number of chunks are done.
		 */
		void run(ImportConcurrency concurrency, int chunks) {
			for (int done = 0; done < chunks; done++) {
				while (this.running.size() < concurrency.limit()) {
					this.running.add(new Running(this.work.getAsDouble(), this.time, concurrency.round()));
				}
				record(concurrency.limit());
				Running next = this.running.stream().min((a, b) -> Double.compare(a.left, b.left)).orElseThrow();
				double rate = this.speed
						* Math.min(1, this.cores / (this.running.size() + this.others.applyAsDouble(this.time)));
				double step = next.left / rate;
				this.time += step;
				this.running.forEach((request) -> request.left -= step * rate);
				this.running.remove(next);
				concurrency.succeeded(next.round, 0, ROWS, (long) (1e9 * (this.time - next.start)));
			}
			this.limit = concurrency.limit();
		}

		private void record(int limit) {
			if (this.limits.isEmpty() || this.limits.get(this.limits.size() - 1) != limit) {
				this.limits.add(limit);
			}
		}

		private static final class Running {

			private double left;

			private final double start;

			private final int round;

			Running(double left, double start, int round) {
				this.left = left;
				this.start = start;
				this.round = round;
			}

		}

	}

}
