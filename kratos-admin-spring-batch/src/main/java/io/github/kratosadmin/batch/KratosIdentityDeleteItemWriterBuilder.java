package io.github.kratosadmin.batch;

/**
 * Builds a {@link KratosIdentityDeleteItemWriter}.
 */
public final class KratosIdentityDeleteItemWriterBuilder
		extends ConcurrentItemWriterBuilder<KratosIdentityDeleteItemWriterBuilder> {

	/**
	 * Creates a builder.
	 */
	public KratosIdentityDeleteItemWriterBuilder() {
	}

	/**
	 * Builds the writer.
	 * @return the writer
	 * @throws IllegalStateException if the name or the client is missing
	 */
	public KratosIdentityDeleteItemWriter build() {
		return new KratosIdentityDeleteItemWriter(this);
	}

}
