package io.github.kratosadmin.batch;

/**
 * Builds a {@link KratosSessionDeleteItemWriter}.
 */
public final class KratosSessionDeleteItemWriterBuilder
		extends ConcurrentItemWriterBuilder<KratosSessionDeleteItemWriterBuilder> {

	/**
	 * Creates a builder.
	 */
	public KratosSessionDeleteItemWriterBuilder() {
	}

	/**
	 * Sets the maximum number of requests per second, evenly spaced. There is no maximum
	 * by default. With a maximum, the writer sends a request for each identity, although
	 * a Kratos after 26.2 could end the sessions of 500 at once. It applies to this
	 * writer: each worker of a partitioned step has its own.
	 * @param maxRequestsPerSecond the number, 1 or more
	 * @return this builder
	 * @throws IllegalArgumentException if the number is less than 1
	 */
	@Override
	public KratosSessionDeleteItemWriterBuilder maxRequestsPerSecond(int maxRequestsPerSecond) {
		return super.maxRequestsPerSecond(maxRequestsPerSecond);
	}

	/**
	 * Builds the writer.
	 * @return the writer
	 * @throws IllegalStateException if the name or the client is missing
	 */
	public KratosSessionDeleteItemWriter build() {
		return new KratosSessionDeleteItemWriter(this);
	}

}
