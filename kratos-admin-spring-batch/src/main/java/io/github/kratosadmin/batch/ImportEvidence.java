package io.github.kratosadmin.batch;

import java.util.Set;

/**
 * What the chunks of an import show about the server. Rows that were sent again and again
 * without an answer of Kratos are at fault if Kratos has answered other rows of the
 * chunk, or has answered the chunk before. Otherwise the server or a gateway is, and the
 * next rows would not get an answer either.
 */
final class ImportEvidence {

	/** Whether Kratos has answered the last chunk. */
	private boolean answered;

	/** The rows that were at fault in the last chunk of which Kratos answered others. */
	private Set<Long> atFault = Set.of();

	/**
	 * Begins a chunk.
	 * @return whether Kratos has answered the chunk before
	 */
	boolean begin() {
		boolean before = this.answered;
		this.answered = false;
		return before;
	}

	/**
	 * Ends a chunk.
	 * @param before what {@link #begin()} returned
	 * @param answered whether Kratos has answered rows of the chunk
	 * @param rows the numbers of the rows without an answer
	 * @return whether these are at fault
	 */
	boolean end(boolean before, boolean answered, Set<Long> rows) {
		this.answered = answered;
		if (answered && !rows.isEmpty()) {
			// Spring Batch may write each of them again, alone.
			this.atFault = rows;
		}
		return answered || before || this.atFault.containsAll(rows);
	}

}
