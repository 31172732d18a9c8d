package io.github.kratosadmin.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.ImportIdentities;

/**
 * Imports identities into a real Kratos, in turn with this client and with a hand-written
 * loop, and prints the difference in time. It does not delete the identities, so use a
 * disposable server.
 */
final class ImportComparison {

	private static final int PAIRS = 16;

	/** The quantile of Student's t-distribution for the interval of this many pairs. */
	private static final double QUANTILE = 2.131;

	private static final int ROWS = 5_000;

	private static final int CHUNK_SIZE = 250;

	private ImportComparison() {
	}

	/**
	 * Runs the measurement.
	 * @param args whether this client gives way to other users of the server, and the URL
	 * of the admin API; without a URL, nothing is measured
	 */
	public static void main(String[] args) throws Exception {
		if (args.length < 2) {
			System.out.println("Skipped: set import.url to the admin API of a disposable Kratos");
			return;
		}
		ImportIdentities options = ImportIdentities.builder()
			.chunkSize(CHUNK_SIZE)
			.concurrency(KratosCalls.IMPORT_CONCURRENCY)
			.givingWay(Boolean.parseBoolean(args[0]))
			.build();
		try (HandWrittenClient handWritten = new HandWrittenClient(args[1]);
				KratosAdmin kratos = KratosAdmin.builder()
					.baseUrl(args[1])
					.readTimeout(Duration.ofMinutes(5))
					.build()) {
			Import theirs = (rows) -> handWritten.importIdentities(rows, CHUNK_SIZE);
			Import ours = (rows) -> kratos.importIdentities(rows, options, (result) -> {
			}).created();
			// The first imports are slower, as the code is not compiled yet.
			seconds(theirs);
			seconds(ours);
			double[] differences = new double[PAIRS];
			double[] times = new double[PAIRS];
			for (int pair = 0; pair < PAIRS; pair++) {
				// The machine and the database may become slower or faster.
				boolean oursFirst = pair % 2 == 0;
				double first = seconds(oursFirst ? ours : theirs);
				double second = seconds(oursFirst ? theirs : ours);
				times[pair] = oursFirst ? second : first;
				differences[pair] = oursFirst ? first - second : second - first;
				System.out.printf(Locale.ROOT, "hand-written %.3f s, difference %.3f s%n", times[pair],
						differences[pair]);
			}
			print(times, differences);
		}
	}

	private static void print(double[] times, double[] differences) {
		double time = mean(times);
		double difference = mean(differences);
		double squares = Arrays.stream(differences).map((value) -> Math.pow(value - difference, 2)).sum();
		double error = QUANTILE * Math.sqrt(squares / (PAIRS - 1) / PAIRS);
		System.out.printf(Locale.ROOT,
				"%n| %d pairs of %,d identities | hand-written, mean | difference of this client, mean (95 %% interval) |"
						+ "%n|---|---:|---:|%n| seconds | %.2f | %.2f (%.2f to %.2f) |%n| in percent | | %.1f (%.1f to %.1f) |%n",
				PAIRS, ROWS, time, difference, difference - error, difference + error, 100 * difference / time,
				100 * (difference - error) / time, 100 * (difference + error) / time);
	}

	private static double mean(double[] values) {
		return Arrays.stream(values).average().orElseThrow();
	}

	private static double seconds(Import clientImport) throws Exception {
		String run = UUID.randomUUID().toString();
		Stream<CreateIdentity> rows = LongStream.range(0, ROWS)
			.mapToObj((number) -> CreateIdentity.builder()
				.schemaId("default")
				.traits(Map.of("email", number + "-" + run + "@example.test"))
				.build());
		long start = System.nanoTime();
		long created = clientImport.create(rows);
		double seconds = (System.nanoTime() - start) / 1e9;
		if (created != ROWS) {
			throw new IllegalStateException("Only " + created + " were created");
		}
		return seconds;
	}

	/** Creates identities, and returns their number. */
	@FunctionalInterface
	private interface Import {

		long create(Stream<CreateIdentity> rows) throws Exception;

	}

}
