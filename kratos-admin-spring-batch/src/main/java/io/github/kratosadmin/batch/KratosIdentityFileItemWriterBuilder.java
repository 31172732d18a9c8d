package io.github.kratosadmin.batch;

/**
 * Builds a {@link KratosIdentityFileItemWriter}.
 */
public final class KratosIdentityFileItemWriterBuilder
		extends PrivateFileItemWriterBuilder<KratosIdentityFileItemWriterBuilder> {

	private boolean overwrite;

	/**
	 * Creates a builder. The name and the file are required.
	 */
	public KratosIdentityFileItemWriterBuilder() {
	}

	/**
	 * Sets whether to overwrite a file that exists when the step starts for the first
	 * time.
	 * @param overwrite whether to overwrite it, {@code false} by default: the step then
	 * fails
	 * @return this builder
	 */
	public KratosIdentityFileItemWriterBuilder overwrite(boolean overwrite) {
		this.overwrite = overwrite;
		return this;
	}

	/**
	 * Builds the writer.
	 * @return the writer
	 * @throws IllegalStateException if the name or the file is missing
	 */
	public KratosIdentityFileItemWriter build() {
		return new KratosIdentityFileItemWriter(this);
	}

	boolean overwrite() {
		return this.overwrite;
	}

}
