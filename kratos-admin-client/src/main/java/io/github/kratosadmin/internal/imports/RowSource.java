package io.github.kratosadmin.internal.imports;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.stream.Stream;

import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.ImportIdentities;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of an import, writes them as JSON and cuts them into chunks. Not
 * thread-safe.
 */
final class RowSource {

	/** Kratos reads up to 5 MB. */
	private static final int MAX_CHUNK_BYTES = 5 * 1024 * 1024 - 1024;

	/**
	 * The number of rows to read before they are written. To write each row at once takes
	 * a quarter longer.
	 */
	private static final int READ_AHEAD = 50;

	/** Distinguishes the patch ids of this import from those of others. */
	private final long id = UUID.randomUUID().getMostSignificantBits();

	private final Stream<CreateIdentity> stream;

	private final Iterator<CreateIdentity> rows;

	private final int clearPasswordsPerChunk;

	/** Rows that have been read, but not written. */
	private final Queue<CreateIdentity> ahead = new ArrayDeque<>();

	/** A row that did not fit into the last chunk. */
	private @Nullable ImportRow next;

	private long count;

	private boolean allRead;

	private @Nullable Throwable failure;

	RowSource(Stream<CreateIdentity> stream, ImportIdentities options) {
		this.stream = stream;
		this.rows = stream.sequential().iterator();
		this.clearPasswordsPerChunk = options.clearPasswordsPerChunk();
	}

	/**
	 * Returns the failure of the source, or {@code null}. Rows that were read before it
	 * are in chunks.
	 */
	@Nullable Throwable failure() {
		return this.failure;
	}

	/**
	 * Cuts the next chunk.
	 * @param size the maximum number of its rows
	 * @return the chunk, or {@code null} if there are no more rows
	 */
	@Nullable ImportChunk nextChunk(int size) {
		if (this.allRead) {
			return null;
		}
		List<ImportRow> chunk = new ArrayList<>();
		try (RowWriter writer = new RowWriter()) {
			fill(chunk, size, writer);
		}
		catch (Throwable ex) {
			this.allRead = true;
			this.failure = ex;
		}
		if (chunk.isEmpty()) {
			this.allRead = true;
			return null;
		}
		return new ImportChunk(chunk);
	}

	private void fill(List<ImportRow> chunk, int size, RowWriter writer) {
		int bytes = BatchJson.length();
		int clearPasswords = 0;
		while (chunk.size() < size) {
			ImportRow row = peek(writer, size - chunk.size());
			if (row == null) {
				break;
			}
			bytes += BatchJson.length(row);
			clearPasswords += row.hasClearPassword() ? 1 : 0;
			boolean full = bytes > MAX_CHUNK_BYTES || clearPasswords > this.clearPasswordsPerChunk;
			if (full && !chunk.isEmpty()) {
				break;
			}
			chunk.add(row);
			this.next = null;
		}
	}

	private @Nullable ImportRow peek(RowWriter writer, int left) {
		if (this.next == null && (!this.ahead.isEmpty() || readAhead(Math.min(left, READ_AHEAD)))) {
			CreateIdentity identity = this.ahead.remove();
			this.next = new ImportRow(this.id, this.count++, identity, writer.write(identity));
		}
		return this.next;
	}

	/**
	 * Reads rows from the source.
	 * @return whether there are any
	 */
	private boolean readAhead(int max) {
		try {
			while (this.ahead.size() < max && this.failure == null && this.rows.hasNext()) {
				CreateIdentity row = this.rows.next();
				if (row == null) {
					throw new IllegalArgumentException("row " + (this.count + this.ahead.size()) + " is missing");
				}
				this.ahead.add(row);
			}
		}
		catch (Throwable ex) {
			this.failure = ex;
		}
		return !this.ahead.isEmpty();
	}

	void close() {
		this.stream.close();
	}

}
