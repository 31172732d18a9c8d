package io.github.kratosadmin.batch;

import org.jspecify.annotations.Nullable;

import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * The options of all writers.
 *
 * @param <B> the type of the builder
 */
abstract class OutcomeItemWriterBuilder<B extends OutcomeItemWriterBuilder<B>> extends KratosItemStreamBuilder<B> {

	private RowOutcomeListener listener = (outcome) -> {
	};

	private @Nullable ItemWriter<? super RowOutcome> deadLetterWriter;

	/**
	 * Sets a listener for the outcome of each item.
	 * @param listener the listener
	 * @return this builder
	 */
	public B listener(RowOutcomeListener listener) {
		this.listener = listener;
		return self();
	}

	/**
	 * Sets a writer of the items that failed or whose outcome is not known. This writer
	 * opens, updates and closes it with itself. If it throws an exception, the step
	 * fails.
	 * @param deadLetterWriter the writer
	 * @return this builder
	 */
	public B deadLetterWriter(ItemWriter<? super RowOutcome> deadLetterWriter) {
		this.deadLetterWriter = deadLetterWriter;
		return self();
	}

	RowOutcomeListener listener() {
		return this.listener;
	}

	@Nullable ItemWriter<? super RowOutcome> deadLetterWriter() {
		return this.deadLetterWriter;
	}

}
