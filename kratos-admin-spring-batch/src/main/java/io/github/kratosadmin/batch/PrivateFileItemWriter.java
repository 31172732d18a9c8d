package io.github.kratosadmin.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;
import org.springframework.batch.infrastructure.item.file.FlatFileItemWriter;
import org.springframework.batch.infrastructure.item.file.transform.LineAggregator;
import org.springframework.core.io.FileSystemResource;

/**
 * Writes a line for each item into a file that only its owner may read and write. Spring
 * Batch creates files that others may read, too.
 *
 * @param <T> the type of the items
 */
class PrivateFileItemWriter<T> extends FlatFileItemWriter<T> {

	/** The key of the position in the file that Spring Batch keeps for a restart. */
	private static final String POSITION = "current.count";

	private final Path file;

	/**
	 * Creates a writer.
	 * @param name the prefix of its keys in the execution context
	 * @param file the file
	 * @param lines writes an item as a line
	 */
	PrivateFileItemWriter(String name, Path file, LineAggregator<T> lines) {
		super(lines);
		this.file = file.toAbsolutePath();
		setName(name);
		setResource(new FileSystemResource(this.file));
		setEncoding("UTF-8");
		setLineSeparator("\n");
		setForceSync(true);
		// The file exists when the superclass opens it.
		setAppendAllowed(true);
	}

	@Override
	public void open(ExecutionContext executionContext) {
		if (!getOutputState().isInitialized() && !executionContext.containsKey(getExecutionContextKey(POSITION))) {
			create();
		}
		super.open(executionContext);
	}

	private void create() {
		try {
			// Of another job, or of a run that ended before its first commit.
			Files.deleteIfExists(this.file);
			Files.createDirectories(this.file.getParent());
			Files.createFile(this.file, ownerOnly());
		}
		catch (IOException ex) {
			throw new ItemStreamException("The file " + this.file + " cannot be created", ex);
		}
	}

	private FileAttribute<?>[] ownerOnly() {
		// Windows has other permissions: there, those of the folder apply.
		return this.file.getFileSystem().supportedFileAttributeViews().contains("posix")
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
				: new FileAttribute<?>[0];
	}

}
