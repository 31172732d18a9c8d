package io.github.kratosadmin.batch;

/**
 * Builds a {@link KratosIdentityPatchItemWriter}.
 */
public final class KratosIdentityPatchItemWriterBuilder
		extends ConcurrentItemWriterBuilder<KratosIdentityPatchItemWriterBuilder> {

	/**
	 * Creates a builder.
	 */
	public KratosIdentityPatchItemWriterBuilder() {
	}

	/**
	 * Builds the writer.
	 * @return the writer
	 * @throws IllegalStateException if the name or the client is missing
	 */
	public KratosIdentityPatchItemWriter build() {
		return new KratosIdentityPatchItemWriter(this);
	}

}
