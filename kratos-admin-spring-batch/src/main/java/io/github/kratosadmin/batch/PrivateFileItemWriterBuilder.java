package io.github.kratosadmin.batch;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The options of all writers of files.
 *
 * @param <B> the type of the builder
 */
abstract class PrivateFileItemWriterBuilder<B extends PrivateFileItemWriterBuilder<B>> extends ItemStreamBuilder<B> {

	private @Nullable Path file;

	/**
	 * Sets the file. Its folder is created if it does not exist.
	 * @param file the file
	 * @return this builder
	 */
	public B file(Path file) {
		this.file = file;
		return self();
	}

	Path file() {
		Assert.state(this.file != null, "file is missing: set the file to write");
		return this.file;
	}

}
