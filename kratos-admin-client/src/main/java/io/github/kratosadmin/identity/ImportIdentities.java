package io.github.kratosadmin.identity;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * How to import identities.
 *
 * @param chunkSize how many identities one call creates at most, 1 to 1000
 * @param clearPasswordsPerChunk how many clear passwords one call has at most, 1 to 200.
 * Kratos hashes them one after the other, some 0.2 seconds each unless configured
 * otherwise, and the call must be answered within the read timeout
 * @param concurrency how many calls are made at the same time, 1 to 64
 * @param listener is told how far the import is whenever a chunk is done, by the thread
 * that reads the results; if it fails, so does the import, after the results of what was
 * sent
 * @param stop is asked before each call, by several threads; once it says {@code true} no
 * more are made, and there are results only for what was sent
 */
public record ImportIdentities(int chunkSize, int clearPasswordsPerChunk, int concurrency,
		Consumer<ImportProgress> listener, BooleanSupplier stop) {

	private static final int MAX_CHUNK_SIZE = 1000;

	private static final int MAX_CLEAR_PASSWORDS = 200;

	private static final int MAX_CONCURRENCY = 64;

	/**
	 * Checks the numbers.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public ImportIdentities {
		check("chunkSize", chunkSize, MAX_CHUNK_SIZE);
		check("clearPasswordsPerChunk", clearPasswordsPerChunk, MAX_CLEAR_PASSWORDS);
		check("concurrency", concurrency, MAX_CONCURRENCY);
	}

	private static void check(String name, int value, int max) {
		if (value < 1 || value > max) {
			throw new IllegalArgumentException(name + " must be 1 to " + max + ", but was " + value);
		}
	}

	/**
	 * Starts with the defaults: chunks of 250 identities, which Kratos creates well
	 * within the read timeout and as fast as larger ones, 5 clear passwords at most in
	 * each, 4 at the same time.
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
		 * @param stop is asked before each call, by several threads; once it says
		 * {@code true} no more are made, and there are results only for what was sent
		 * @return this builder
		 */
		public Builder stop(BooleanSupplier stop) {
			this.stop = stop;
			return this;
		}

		/**
		 * Builds the options.
		 * @return the options
		 * @throws IllegalArgumentException if a number is out of its range
		 */
		public ImportIdentities build() {
			return new ImportIdentities(this.chunkSize, this.clearPasswordsPerChunk, this.concurrency, this.listener,
					this.stop);
		}

	}

}
