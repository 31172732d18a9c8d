package io.github.kratosadmin.batch;

import org.jspecify.annotations.Nullable;

import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;

/**
 * Lets one step execution at a time use a reader or writer. One in partitions at the same
 * time would mix their positions or counts: the others fail before they change those of
 * the first one.
 */
final class SingleExecution {

	/** The number of executions that have opened the reader or writer, or tried to. */
	private int opened;

	private @Nullable ExecutionContext openedWith;

	/**
	 * Begins an execution. Each call needs one of {@link #close()}, also if it fails:
	 * Spring Batch also closes what it could not open.
	 * @throws ItemStreamException if another execution has not ended yet
	 */
	synchronized void open(@Nullable String name, ExecutionContext executionContext) {
		this.opened++;
		if (this.opened > 1 && this.openedWith != executionContext) {
			throw new ItemStreamException(name + " is in use by another step execution:"
					+ " make it a @StepScope bean, so that each partition has one of its own");
		}
		this.openedWith = executionContext;
	}

	/**
	 * Ends an execution.
	 * @return whether no other one is left
	 */
	synchronized boolean close() {
		this.opened = Math.max(0, this.opened - 1);
		if (this.opened == 0) {
			this.openedWith = null;
		}
		return this.opened == 0;
	}

}
