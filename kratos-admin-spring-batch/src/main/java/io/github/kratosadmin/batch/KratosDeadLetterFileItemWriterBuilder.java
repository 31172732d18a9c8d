package io.github.kratosadmin.batch;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Builds a {@link KratosDeadLetterFileItemWriter}.
 */
public final class KratosDeadLetterFileItemWriterBuilder {

	private @Nullable String name;

	private @Nullable Path file;

	/**
	 * Creates a builder. The name and the file are required.
	 */
	public KratosDeadLetterFileItemWriterBuilder() {
	}

	/**
	 * Sets the name of the writer, the prefix of its keys in the execution context.
	 * @param name the name, unique within the step
	 * @return this builder
	 */
	public KratosDeadLetterFileItemWriterBuilder name(String name) {
		this.name = name;
		return this;
	}

	/**
	 * Sets the file. Its folder is created if it does not exist.
	 * @param file the file
	 * @return this builder
	 */
	public KratosDeadLetterFileItemWriterBuilder file(Path file) {
		this.file = file;
		return this;
	}

	/**
	 * Builds the writer.
	 * @return the writer
	 * @throws IllegalStateException if the name or the file is missing
	 */
	public KratosDeadLetterFileItemWriter build() {
		return new KratosDeadLetterFileItemWriter(this);
	}

	String name() {
		Assert.state(this.name != null && !this.name.isBlank(),
				"name is missing: set a name that is unique within the step");
		return this.name;
	}

	Path file() {
		Assert.state(this.file != null, "file is missing: set the file to write");
		return this.file;
	}

}
