package io.github.kratosadmin.batch;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.kratosadmin.batch.RowOutcome.Outcome;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStream;
import org.springframework.batch.infrastructure.item.ItemStreamSupport;
import org.springframework.batch.infrastructure.item.ItemStreamWriter;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * A writer that reports what became of each item, and does not throw an exception because
 * of a single item. Counts the outcomes in the execution context.
 *
 * @param <T> the type of the items
 */
abstract class OutcomeItemWriter<T> extends ItemStreamSupport implements ItemStreamWriter<T> {

	private final RowOutcomeListener listener;

	private final @Nullable ItemWriter<? super RowOutcome> deadLetterWriter;

	private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);

	OutcomeItemWriter(OutcomeItemWriterBuilder<?> builder) {
		setName(builder.name());
		this.listener = builder.listener();
		this.deadLetterWriter = builder.deadLetterWriter();
	}

	/**
	 * Sends a chunk.
	 * @param items the items, at least one
	 * @return the outcome of each item, in the order of the items
	 * @throws RuntimeException if the server is down or refuses every request: the step
	 * fails, and writes the chunk again after a restart
	 */
	abstract List<RowOutcome> send(List<? extends T> items);

	@Override
	public void open(ExecutionContext executionContext) {
		for (Outcome outcome : Outcome.values()) {
			this.counts.put(outcome, executionContext.getLong(key(outcome), 0));
		}
		if (this.deadLetterWriter instanceof ItemStream stream) {
			stream.open(executionContext);
		}
	}

	@Override
	public void write(Chunk<? extends T> chunk) throws Exception {
		if (chunk.isEmpty()) {
			return;
		}
		List<RowOutcome> outcomes = send(chunk.getItems());
		outcomes.forEach(this.listener::onOutcome);
		List<RowOutcome> dead = outcomes.stream()
			.filter((outcome) -> outcome.outcome() == Outcome.FAILED || outcome.outcome() == Outcome.UNKNOWN)
			.toList();
		if (this.deadLetterWriter != null && !dead.isEmpty()) {
			this.deadLetterWriter.write(new Chunk<>(dead));
		}
		outcomes.forEach((outcome) -> this.counts.merge(outcome.outcome(), 1L, Long::sum));
	}

	@Override
	public void update(ExecutionContext executionContext) {
		this.counts.forEach((outcome, count) -> executionContext.putLong(key(outcome), count));
		if (this.deadLetterWriter instanceof ItemStream stream) {
			stream.update(executionContext);
		}
	}

	@Override
	public void close() {
		if (this.deadLetterWriter instanceof ItemStream stream) {
			stream.close();
		}
	}

	/**
	 * Returns the key of a count, such as {@code import.already.done}.
	 */
	private String key(Outcome outcome) {
		return getExecutionContextKey(outcome.name().toLowerCase(Locale.ROOT).replace('_', '.'));
	}

}
