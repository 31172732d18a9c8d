package io.github.kratosadmin.batch;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The options of the writers that send a request for each item.
 *
 * @param <B> the type of the builder
 */
abstract class ConcurrentItemWriterBuilder<B extends ConcurrentItemWriterBuilder<B>>
		extends OutcomeItemWriterBuilder<B> {

	private int concurrency = 4;

	private @Nullable Integer maxRequestsPerSecond;

	/**
	 * Sets the maximum number of requests at the same time, 4 by default. The client
	 * needs as many connections.
	 * @param concurrency the number, 1 or more; 1 to send the requests in the thread of
	 * the step
	 * @return this builder
	 * @throws IllegalArgumentException if the number is less than 1
	 */
	public B concurrency(int concurrency) {
		Assert.isTrue(concurrency > 0, () -> "The concurrency must be at least 1, but is " + concurrency);
		this.concurrency = concurrency;
		return self();
	}

	/**
	 * Sets the maximum number of requests per second, evenly spaced. There is no maximum
	 * by default. It applies to this writer: each worker of a partitioned step has its
	 * own.
	 * @param maxRequestsPerSecond the number, 1 or more
	 * @return this builder
	 * @throws IllegalArgumentException if the number is less than 1
	 */
	public B maxRequestsPerSecond(int maxRequestsPerSecond) {
		Assert.isTrue(maxRequestsPerSecond > 0,
				() -> "The maximum of requests per second must be at least 1, but is " + maxRequestsPerSecond);
		this.maxRequestsPerSecond = maxRequestsPerSecond;
		return self();
	}

	int concurrency() {
		return this.concurrency;
	}

	@Nullable Integer maxRequestsPerSecond() {
		return this.maxRequestsPerSecond;
	}

}
