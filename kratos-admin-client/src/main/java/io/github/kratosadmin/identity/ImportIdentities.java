package io.github.kratosadmin.identity;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.github.kratosadmin.internal.json.KratosJson;

/**
 * How to import identities.
 *
 * @param chunkSize how many identities one call creates at most, 1 to 1000
 * @param clearPasswordsPerChunk how many clear passwords one call has at most, 1 to 200.
 * Kratos hashes them one after the other, some 0.2 seconds each unless configured
 * otherwise, and the call must be answered within the read timeout
 * @param concurrency how many calls are made at the same time, 1 to 64
 * @param failuresBeforePause after how many failed calls in a row the import pauses, 1 or
 * more: those without a response, with 5xx, or refused by something in front of Kratos
 * @param maxPause how long a pause lasts at most until a call comes through, while the
 * server wants fewer calls (429) or is failing, without the time that the application
 * takes; what is left after it is not sent
 * @param listener is told how far the import is whenever a chunk is done, by the thread
 * that reads the results; if it fails, so does the import, after the results of what was
 * sent
 * @param stop is asked before each call and during pauses, by the thread that reads the
 * results; once it says {@code true} no more calls are made, and there are results only
 * for what was sent
 */
public record ImportIdentities(int chunkSize, int clearPasswordsPerChunk, int concurrency, int failuresBeforePause,
		Duration maxPause, Consumer<ImportProgress> listener, BooleanSupplier stop) {

	private static final int MAX_CHUNK_SIZE = 1000;

	private static final int MAX_CLEAR_PASSWORDS = 200;

	private static final int MAX_CONCURRENCY = 64;

	private static final Duration LONGEST_PAUSE = Duration.ofDays(365);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if a number is out of its range, or something is
	 * {@code null}
	 */
	public ImportIdentities {
		KratosJson.required(maxPause, "maxPause");
		KratosJson.required(listener, "listener");
		KratosJson.required(stop, "stop");
		check("failuresBeforePause", failuresBeforePause, Integer.MAX_VALUE);
		if (maxPause.isNegative() || maxPause.compareTo(LONGEST_PAUSE) > 0) {
			throw new IllegalArgumentException("maxPause must be 0 to 365 days, but was " + maxPause);
		}
		check("chunkSize", chunkSize, MAX_CHUNK_SIZE);
		check("clearPasswordsPerChunk", clearPasswordsPerChunk, MAX_CLEAR_PASSWORDS);
		check("concurrency", concurrency, MAX_CONCURRENCY);
	}

	private static void check(String name, int value, int max) {
		if (value < 1 || value > max) {
			String range = (max != Integer.MAX_VALUE) ? "1 to " + max : "1 or more";
			throw new IllegalArgumentException(name + " must be " + range + ", but was " + value);
		}
	}

	/**
	 * Starts with the defaults: chunks of 250 identities, which Kratos creates well
	 * within the read timeout and as fast as larger ones, 5 clear passwords at most in
	 * each, 4 at the same time; a pause after 3 failed calls, of 2 minutes at most.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Builds {@link ImportIdentities}.
	 */
	public static final class Builder {

		private int chunkSize = 250;

		private int clearPasswordsPerChunk = 5;

		private int concurrency = 4;

		private int failuresBeforePause = 3;

		private Duration maxPause = Duration.ofMinutes(2);

		private Consumer<ImportProgress> listener = (progress) -> {
		};

		private BooleanSupplier stop = () -> false;

		private Builder() {
		}

		/**
		 * How many identities one call creates at most.
		 * @param chunkSize 1 to 1000; 250 unless set
		 * @return this builder
		 */
		public Builder chunkSize(int chunkSize) {
			this.chunkSize = chunkSize;
			return this;
		}

		/**
		 * How many clear passwords one call has at most. Kratos hashes them one after the
		 * other, and the call must be answered within the read timeout: otherwise Kratos
		 * gives up, and creates none, however often it is tried. The default leaves time
		 * for a Kratos with a single processor.
		 * @param clearPasswordsPerChunk 1 to 200; 5 unless set
		 * @return this builder
		 */
		public Builder clearPasswordsPerChunk(int clearPasswordsPerChunk) {
			this.clearPasswordsPerChunk = clearPasswordsPerChunk;
			return this;
		}

		/**
		 * How many calls are made at the same time.
		 * @param concurrency 1 to 64; 4 unless set
		 * @return this builder
		 */
		public Builder concurrency(int concurrency) {
			this.concurrency = concurrency;
			return this;
		}

		/**
		 * After how many failed calls in a row, of all that are made at the same time,
		 * the import pauses until Kratos is ready and one call comes through. Calls fail
		 * without a response, with 5xx, or where something in front of Kratos refuses
		 * them: with a response that is not Kratos's, or a 4xx such as 401 and 403 that
		 * Kratos does not send to them.
		 * @param failuresBeforePause 1 or more; 3 unless set
		 * @return this builder
		 */
		public Builder failuresBeforePause(int failuresBeforePause) {
			this.failuresBeforePause = failuresBeforePause;
			return this;
		}

		/**
		 * How long the import waits at most until a call comes through, while the server
		 * wants fewer calls (429) or is failing. If that takes longer, or the server asks
		 * for a longer wait, the rows that are left are not sent. The time that the
		 * application takes, as for the results, does not count.
		 * @param maxPause 0 to 365 days; 2 minutes unless set
		 * @return this builder
		 */
		public Builder maxPause(Duration maxPause) {
			this.maxPause = maxPause;
			return this;
		}

		/**
		 * Is told how far the import is.
		 * @param listener what is called whenever a chunk is done, by the thread that
		 * reads the results
		 * @return this builder
		 */
		public Builder listener(Consumer<ImportProgress> listener) {
			this.listener = listener;
			return this;
		}

		/**
		 * Stops the import before its end.
		 * @param stop is asked before each call and during pauses, by the thread that
		 * reads the results; once it says {@code true} no more calls are made, and there
		 * are results only for what was sent
		 * @return this builder
		 */
		public Builder stop(BooleanSupplier stop) {
			this.stop = stop;
			return this;
		}

		/**
		 * Builds the options.
		 * @return the options
		 * @throws IllegalArgumentException if a number is out of its range, or something
		 * is {@code null}
		 */
		public ImportIdentities build() {
			return new ImportIdentities(this.chunkSize, this.clearPasswordsPerChunk, this.concurrency,
					this.failuresBeforePause, this.maxPause, this.listener, this.stop);
		}

	}

}
