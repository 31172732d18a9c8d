package io.github.kratosadmin.batch;

/**
 * Builds a {@link KratosDeadLetterFileItemWriter}.
 */
public final class KratosDeadLetterFileItemWriterBuilder
		extends PrivateFileItemWriterBuilder<KratosDeadLetterFileItemWriterBuilder> {

	/**
	 * Creates a builder. The name and the file are required.
	 */
	public KratosDeadLetterFileItemWriterBuilder() {
	}

	/**
	 * Builds the writer.
	 * @return the writer
	 * @throws IllegalStateException if the name or the file is missing
	 */
	public KratosDeadLetterFileItemWriter build() {
		return new KratosDeadLetterFileItemWriter(this);
	}

}
