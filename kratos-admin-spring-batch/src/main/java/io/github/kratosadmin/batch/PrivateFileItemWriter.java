package io.github.kratosadmin.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

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

	/** The files that writers of this process have open. */
	private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

	/** The file, if this writer has it open. */
	private @Nullable Path file;

	/**
	 * Creates a writer.
	 * @param name the prefix of its keys in the execution context
	 * @param file the file
	 * @param lines writes an item as a line
	 */
	PrivateFileItemWriter(String name, Path file, LineAggregator<T> lines) {
		super(lines);
		setName(name);
		setResource(new FileSystemResource(file));
		setEncoding("UTF-8");
		setLineSeparator("\n");
		setForceSync(true);
		// The file exists when the superclass opens it.
		setAppendAllowed(true);
	}

	@Override
	public void open(ExecutionContext executionContext) {
		if (!getOutputState().isInitialized()) {
			// Not that of the constructor: Spring Batch may have set another one.
			Path file = file();
			if (!OPEN.add(file)) {
				throw new ItemStreamException("The file " + file + " is being written by another writer: give each"
						+ " partition a file of its own");
			}
			this.file = file;
			createOrCheck(file, executionContext.getLong(getExecutionContextKey(POSITION), 0));
		}
		super.open(executionContext);
	}

	@Override
	public void close() {
		try {
			super.close();
		}
		finally {
			if (this.file != null) {
				OPEN.remove(this.file);
				this.file = null;
			}
		}
	}

	private Path file() {
		try {
			return Objects.requireNonNull(this.resource).getFile().toPath().toAbsolutePath().normalize();
		}
		catch (IOException ex) {
			throw new ItemStreamException("The resource must be a file, but is " + this.resource, ex);
		}
	}

	/**
	 * Creates the file unless an earlier run has written into it. A file without a
	 * position is of another job, or of a run that ended before its first commit.
	 */
	private static void createOrCheck(Path file, long position) {
		if (position > 0) {
			if (!Files.exists(file)) {
				throw new ItemStreamException("The file " + file + ", of which an earlier run has written " + position
						+ " bytes, is missing: restart the step where the file is");
			}
			return;
		}
		try {
			Files.deleteIfExists(file);
			Files.createDirectories(file.getParent());
			Files.createFile(file, ownerOnly(file));
		}
		catch (IOException ex) {
			throw new ItemStreamException("The file " + file + " cannot be created", ex);
		}
	}

	private static FileAttribute<?>[] ownerOnly(Path file) {
		// Windows has other permissions: there, those of the folder apply.
		return file.getFileSystem().supportedFileAttributeViews().contains("posix")
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
				: new FileAttribute<?>[0];
	}

}
