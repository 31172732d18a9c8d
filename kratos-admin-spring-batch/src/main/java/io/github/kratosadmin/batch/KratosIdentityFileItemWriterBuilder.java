package io.github.kratosadmin.batch;

/**
 * Builds a {@link KratosIdentityFileItemWriter}.
 */
public final class KratosIdentityFileItemWriterBuilder
		extends PrivateFileItemWriterBuilder<KratosIdentityFileItemWriterBuilder> {

	/**
	 * Creates a builder. The name and the file are required.
	 */
	public KratosIdentityFileItemWriterBuilder() {
	}

	/**
	 * Builds the writer.
	 * @return the writer
	 * @throws IllegalStateException if the name or the file is missing
	 */
	public KratosIdentityFileItemWriter build() {
		return new KratosIdentityFileItemWriter(this);
	}

}
