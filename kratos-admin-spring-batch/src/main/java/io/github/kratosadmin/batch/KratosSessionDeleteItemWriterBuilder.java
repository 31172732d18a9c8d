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
	 * Builds the writer.
	 * @return the writer
	 * @throws IllegalStateException if the name or the client is missing
	 */
	public KratosSessionDeleteItemWriter build() {
		return new KratosSessionDeleteItemWriter(this);
	}

}
