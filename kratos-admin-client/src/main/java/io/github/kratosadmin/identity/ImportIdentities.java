package io.github.kratosadmin.identity;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;

/**
 * The options of an import of identities.
 *
 * @param chunkSize the maximum number of identities in one request, 1 to 1000
 * @param clearPasswordsPerChunk the maximum number of clear passwords in one request, 1
 * to 200. Kratos hashes them one after another, each in about 0.2 seconds unless
 * configured otherwise, and must respond within the read timeout
 * @param concurrency the maximum number of requests at the same time, 1 to 64
 * @param failuresBeforePause the number of failed requests in a row that lead to a pause,
 * 1 or more. A request fails without a response, with 5xx, or if a gateway in front of
 * Kratos rejects it
 * @param maxPause the maximum time to wait for a successful request while the server
 * limits the rate (429) or is failing, 0 to 365 days. The time that the application takes
 * does not count. After this time, the remaining rows are not sent
 * @param maxRowsPerSecond the maximum number of identities to send in a second, 1 or
 * more; {@code null} for no limit
 * @param maxRequestsPerSecond the maximum number of requests in a second, 1 or more;
 * {@code null} for no limit
 * @param givingWay whether fewer requests than {@code concurrency} are sent at the same
 * time while the server takes longer for them
 * @param listener the progress listener, called after each chunk by the thread that reads
 * the results. If it throws an exception, the import fails after the results of the rows
 * that were sent
 * @param stop the condition for a stop, checked before each request and during pauses by
 * the thread that reads the results. Once it is {@code true}, no more requests are sent,
 * and only the rows that were sent have results
 */
public record ImportIdentities(int chunkSize, int clearPasswordsPerChunk, int concurrency, int failuresBeforePause,
		Duration maxPause, @Nullable Integer maxRowsPerSecond, @Nullable Integer maxRequestsPerSecond,
		boolean givingWay, Consumer<ImportProgress> listener, BooleanSupplier stop) {

	private static final int MAX_CHUNK_SIZE = 1000;

	private static final int MAX_CLEAR_PASSWORDS = 200;

	private static final int MAX_CONCURRENCY = 64;

	private static final Duration LONGEST_PAUSE = Duration.ofDays(365);

	/**
	 * Creates options.
	 * @throws IllegalArgumentException if a number or the pause is out of its range, or
	 * an option is {@code null}
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
		if (maxRowsPerSecond != null) {
			check("maxRowsPerSecond", maxRowsPerSecond, Integer.MAX_VALUE);
		}
		if (maxRequestsPerSecond != null) {
			check("maxRequestsPerSecond", maxRequestsPerSecond, Integer.MAX_VALUE);
		}
	}

	private static void check(String name, int value, int max) {
		if (value < 1 || value > max) {
			String range = (max != Integer.MAX_VALUE) ? "1 to " + max : "1 or more";
			throw new IllegalArgumentException(name + " must be " + range + ", but was " + value);
		}
	}

	/**
	 * Returns a builder with the defaults: chunks of 250 identities with at most 5 clear
	 * passwords, up to 4 chunks at the same time, no maximum rate, and a pause of at most
	 * 2 minutes after 3 failed requests. Kratos creates 250 identities well within the
	 * read timeout, and as fast as in larger chunks.
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

		private @Nullable Integer maxRowsPerSecond;

		private @Nullable Integer maxRequestsPerSecond;

		private boolean givingWay = true;

		private Consumer<ImportProgress> listener = (progress) -> {
		};

		private BooleanSupplier stop = () -> false;

		private Builder() {
		}

		/**
		 * Sets the maximum number of identities in one request.
		 * @param chunkSize 1 to 1000, 250 by default
		 * @return this builder
		 */
		public Builder chunkSize(int chunkSize) {
			this.chunkSize = chunkSize;
			return this;
		}

		/**
		 * Sets the maximum number of clear passwords in one request. Kratos hashes them
		 * one after another, and must respond within the read timeout. Otherwise, Kratos
		 * gives up and creates no identity, however often the request is sent. The
		 * default leaves enough time for a Kratos with a single processor.
		 * @param clearPasswordsPerChunk 1 to 200, 5 by default
		 * @return this builder
		 */
		public Builder clearPasswordsPerChunk(int clearPasswordsPerChunk) {
			this.clearPasswordsPerChunk = clearPasswordsPerChunk;
			return this;
		}

		/**
		 * Sets the maximum number of requests at the same time. The import starts with
		 * four, and sends more while the server has room for them: see
		 * {@link #givingWay(boolean)}.
		 * @param concurrency 1 to 64, 4 by default
		 * @return this builder
		 */
		public Builder concurrency(int concurrency) {
			this.concurrency = concurrency;
			return this;
		}

		/**
		 * Sets the number of failed requests in a row that lead to a pause, counted over
		 * all requests at the same time. The pause ends when Kratos is ready and one
		 * request succeeds. A request fails without a response, with 5xx, or if a gateway
		 * in front of Kratos rejects it: with a response that is not from Kratos, or with
		 * a 4xx such as 401 or 403 that Kratos does not send for these requests. After 10
		 * failed connections in a row, the import pauses in any case.
		 * @param failuresBeforePause 1 or more, 3 by default
		 * @return this builder
		 */
		public Builder failuresBeforePause(int failuresBeforePause) {
			this.failuresBeforePause = failuresBeforePause;
			return this;
		}

		/**
		 * Sets the maximum time to wait for a successful request while the server limits
		 * the rate (429) or is failing. If it takes longer, or the server requests a
		 * longer delay, the remaining rows are not sent. The time that the application
		 * takes, for example to process results, does not count.
		 * @param maxPause 0 to 365 days, 2 minutes by default
		 * @return this builder
		 */
		public Builder maxPause(Duration maxPause) {
			this.maxPause = maxPause;
			return this;
		}

		/**
		 * Sets the maximum number of identities to send in a second. The import sends
		 * evenly spaced requests, and makes up for no delay. A chunk has no more
		 * identities than this: with a maximum of 100, the import sends at most one chunk
		 * of 100 a second, even if {@code chunkSize} is 250. Rows that are sent again
		 * count again.
		 * @param maxRowsPerSecond 1 or more, no limit by default
		 * @return this builder
		 */
		public Builder maxRowsPerSecond(int maxRowsPerSecond) {
			this.maxRowsPerSecond = maxRowsPerSecond;
			return this;
		}

		/**
		 * Sets the maximum number of requests in a second, for example to stay below the
		 * rate limit of Ory Network. The import sends evenly spaced requests, and makes
		 * up for no delay. Batches, single identities and readiness checks count, but not
		 * the few requests of the client for the version of the server, nor its lookups
		 * after a conflict with Kratos 1.3.
		 * @param maxRequestsPerSecond 1 or more, no limit by default
		 * @return this builder
		 */
		public Builder maxRequestsPerSecond(int maxRequestsPerSecond) {
			this.maxRequestsPerSecond = maxRequestsPerSecond;
			return this;
		}

		/**
		 * Sets whether the import gives way to other users of the server, so that they
		 * get responses in time. It compares the time of a row with the shortest time so
		 * far. If the server takes a multiple of it, the import sends fewer requests at
		 * the same time, down to one, and more again when the server is faster. These
		 * keep the server busy, so the import does not take longer unless others use the
		 * server. With {@code false}, the import always sends as many requests at the
		 * same time as {@link #concurrency(int)}.
		 * @param givingWay whether to give way, {@code true} by default
		 * @return this builder
		 */
		public Builder givingWay(boolean givingWay) {
			this.givingWay = givingWay;
			return this;
		}

		/**
		 * Sets the progress listener.
		 * @param listener the listener, called after each chunk by the thread that reads
		 * the results
		 * @return this builder
		 */
		public Builder listener(Consumer<ImportProgress> listener) {
			this.listener = listener;
			return this;
		}

		/**
		 * Sets the condition to stop the import before its end.
		 * @param stop the condition, checked before each request and during pauses by the
		 * thread that reads the results. Once it is {@code true}, no more requests are
		 * sent, and only the rows that were sent have results
		 * @return this builder
		 */
		public Builder stop(BooleanSupplier stop) {
			this.stop = stop;
			return this;
		}

		/**
		 * Builds the options.
		 * @return the options
		 * @throws IllegalArgumentException if a number or the pause is out of its range,
		 * or an option is {@code null}
		 */
		public ImportIdentities build() {
			return new ImportIdentities(this.chunkSize, this.clearPasswordsPerChunk, this.concurrency,
					this.failuresBeforePause, this.maxPause, this.maxRowsPerSecond, this.maxRequestsPerSecond,
					this.givingWay, this.listener, this.stop);
		}

	}

}
