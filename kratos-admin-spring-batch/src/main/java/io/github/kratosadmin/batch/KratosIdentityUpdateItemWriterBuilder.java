package io.github.kratosadmin.batch;

/**
 * Builds a {@link KratosIdentityUpdateItemWriter}.
 */
public final class KratosIdentityUpdateItemWriterBuilder
		extends ConcurrentItemWriterBuilder<KratosIdentityUpdateItemWriterBuilder> {

	/**
	 * Creates a builder.
	 */
	public KratosIdentityUpdateItemWriterBuilder() {
	}

	/**
	 * Builds the writer.
	 * @return the writer
	 * @throws IllegalStateException if the name or the client is missing
	 */
	public KratosIdentityUpdateItemWriter build() {
		return new KratosIdentityUpdateItemWriter(this);
	}

}
