package io.github.kratosadmin.batch;

import io.github.kratosadmin.json.RequestJson;

import org.springframework.batch.infrastructure.item.file.LineMapper;

/**
 * Maps a line with a JSON object to an identity to create, for a
 * {@code FlatFileItemReader}. The object is the body of a <a href=
 * "https://www.ory.sh/docs/reference/api#tag/identity/operation/createIdentity">createIdentity</a>
 * request, as {@link KratosIdentityFileItemWriter} writes it. The number of the row is
 * that of the line.
 * <p>
 * A line that cannot be read becomes a row with a problem. An exception would end the
 * step, and Spring Batch would show the line, with its password hash, in the log and in
 * the job repository.
 * <p>
 * Thread-safe. By default, a {@code FlatFileItemReader} leaves out lines that begin with
 * {@code #}, which no JSON object does. Set its encoding to UTF-8.
 */
public class KratosIdentityLineMapper implements LineMapper<IdentityRow> {

	/** What some programs write at the start of a file in UTF-8. */
	private static final String BYTE_ORDER_MARK = "\uFEFF";

	/** What a reader puts in the place of bytes that are not UTF-8. */
	private static final char REPLACEMENT = '\uFFFD';

	/**
	 * Creates a mapper.
	 */
	public KratosIdentityLineMapper() {
	}

	@Override
	public IdentityRow mapLine(String line, int lineNumber) {
		if (line.isBlank()) {
			return IdentityRow.unreadable(lineNumber, "The line is empty");
		}
		if (line.indexOf(REPLACEMENT) >= 0) {
			return IdentityRow.unreadable(lineNumber,
					"The line has bytes that are not UTF-8, or the replacement character U+FFFD");
		}
		try {
			boolean marked = lineNumber == 1 && line.startsWith(BYTE_ORDER_MARK);
			return IdentityRow.of(lineNumber, RequestJson.read(marked ? line.substring(1) : line));
		}
		catch (IllegalArgumentException ex) {
			// The position is one in this line of the file.
			String problem = String.valueOf(ex.getMessage()).replace(" at line 1, column ", " at column ");
			return IdentityRow.unreadable(lineNumber, problem);
		}
	}

}
