package io.github.kratosadmin.batch;

/**
 * Is told what became of each item of a writer.
 */
@FunctionalInterface
public interface RowOutcomeListener {

	/**
	 * Called for each item after its chunk was sent, in the thread of the step and before
	 * the chunk is committed. If the process ends before the commit, the chunk is written
	 * again after the restart, and the listener is called again. If the listener throws
	 * an exception, the step fails.
	 * @param outcome what became of the item
	 */
	void onOutcome(RowOutcome outcome);

}
