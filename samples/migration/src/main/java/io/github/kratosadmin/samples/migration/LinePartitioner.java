package io.github.kratosadmin.samples.migration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Splits a file into ranges of lines, of the same size give or take one, and none empty.
 * Every worker must be able to read the file. A reader that starts at a range with
 * {@code currentItemCount} and {@code maxItemCount} counts the rows of the whole file, so
 * that reports name a row by its place there.
 */
// Not a PartitionNameProvider: if the manager is killed before it has stored the
// partitions, Batch would start them without a range, and each would read the whole file.
class LinePartitioner implements Partitioner {

	/**
	 * How many rows come before the range.
	 */
	static final String FIRST = "lines.first";

	/**
	 * How many rows there are up to the end of the range.
	 */
	static final String LAST = "lines.last";

	private final Path file;

	private final int headerLines;

	LinePartitioner(Path file, int headerLines) {
		this.file = file;
		this.headerLines = headerLines;
	}

	@Override
	public Map<String, ExecutionContext> partition(int gridSize) {
		long rows = countRows();
		Map<String, ExecutionContext> partitions = new LinkedHashMap<>();
		long ranges = Math.min(gridSize, rows);
		for (int i = 0; i < ranges; i++) {
			ExecutionContext context = new ExecutionContext();
			context.putInt(FIRST, Math.toIntExact(rows * i / ranges));
			context.putInt(LAST, Math.toIntExact(rows * (i + 1) / ranges));
			partitions.put("partition" + i, context);
		}
		return partitions;
	}

	private long countRows() {
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(Files.newInputStream(this.file), StandardCharsets.UTF_8))) {
			return Math.max(0, reader.lines().count() - this.headerLines);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
