package io.github.kratosadmin.batch;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Rows of a chunk were not written. A
 * {@linkplain KratosIdentityImportItemWriterBuilder#skippable skippable} writer throws it
 * so that Spring Batch skips these rows. Neither its message nor the outcomes have
 * personal data, except as a {@link RowOutcome} says.
 */
public class RowsFailedException extends RuntimeException {

	private final transient @Nullable List<RowOutcome> outcomes;

	RowsFailedException(int size, List<RowOutcome> outcomes) {
		super(outcomes.size() + " of " + size + " rows failed, the first is row " + outcomes.get(0).row() + ": "
				+ outcomes.get(0).reason());
		this.outcomes = List.copyOf(outcomes);
	}

	/**
	 * Returns what became of the rows that were not written.
	 * @return the outcomes, failed or unknown; empty after serialization, as the failed
	 * calls may have personal data that does not belong elsewhere
	 */
	public List<RowOutcome> getOutcomes() {
		return (this.outcomes != null) ? this.outcomes : List.of();
	}

}
