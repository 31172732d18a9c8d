package io.github.kratosadmin.batch;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The options of all writers of files.
 *
 * @param <B> the type of the builder
 */
abstract class PrivateFileItemWriterBuilder<B extends PrivateFileItemWriterBuilder<B>> {

	private @Nullable String name;

	private @Nullable Path file;

	/**
	 * Sets the name of the writer, the prefix of its keys in the execution context.
	 * @param name the name, unique within the step
	 * @return this builder
	 */
	public B name(String name) {
		this.name = name;
		return self();
	}

	/**
	 * Sets the file. Its folder is created if it does not exist.
	 * @param file the file
	 * @return this builder
	 */
	public B file(Path file) {
		this.file = file;
		return self();
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

	@SuppressWarnings("unchecked")
	private B self() {
		return (B) this;
	}

}
