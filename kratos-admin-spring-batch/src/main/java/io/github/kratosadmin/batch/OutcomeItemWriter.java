package io.github.kratosadmin.batch;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.github.kratosadmin.batch.RowOutcome.Outcome;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStream;
import org.springframework.batch.infrastructure.item.ItemStreamSupport;
import org.springframework.batch.infrastructure.item.ItemStreamWriter;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A writer that reports what became of each item, and does not throw an exception because
 * of a single item. Counts the outcomes in the execution context.
 *
 * @param <T> the type of the items
 */
abstract class OutcomeItemWriter<T> extends ItemStreamSupport implements ItemStreamWriter<T> {

	private final RowOutcomeListener listener;

	private final @Nullable ItemWriter<? super RowOutcome> deadLetterWriter;

	private final SingleExecution execution = new SingleExecution();

	private final Map<String, Long> counts = new ConcurrentHashMap<>();

	OutcomeItemWriter(OutcomeItemWriterBuilder<?> builder) {
		setName(builder.name());
		this.listener = builder.listener();
		this.deadLetterWriter = builder.deadLetterWriter();
	}

	/**
	 * Sends a chunk.
	 * @param items the items, at least one
	 * @param counts the counts of the chunk, by the name of what is counted. Outcomes are
	 * added by the caller
	 * @return the outcome of each item, in the order of the items
	 * @throws RuntimeException if the server is down or refuses every request: the step
	 * fails, and writes the chunk again after a restart
	 * @throws JobInterruptedException if the step is to stop
	 */
	abstract List<RowOutcome> send(List<? extends T> items, Map<String, Long> counts) throws JobInterruptedException;

	/**
	 * Returns the names of what is counted.
	 */
	List<String> countNames() {
		return Stream.of(Outcome.values()).map(OutcomeItemWriter::name).toList();
	}

	@Override
	public void open(ExecutionContext executionContext) {
		this.execution.open(getName(), executionContext);
		this.counts.clear();
		for (String name : countNames()) {
			String key = getExecutionContextKey(name);
			this.counts.put(key, executionContext.getLong(key, 0));
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
		Map<String, Long> chunkCounts = new TreeMap<>();
		List<RowOutcome> outcomes = send(chunk.getItems(), chunkCounts);
		outcomes.forEach(this.listener::onOutcome);
		List<RowOutcome> dead = outcomes.stream()
			.filter((outcome) -> outcome.outcome() == Outcome.FAILED || outcome.outcome() == Outcome.UNKNOWN)
			.toList();
		if (this.deadLetterWriter != null && !dead.isEmpty()) {
			this.deadLetterWriter.write(new Chunk<>(dead));
		}
		outcomes.forEach((outcome) -> chunkCounts.merge(name(outcome.outcome()), 1L, Long::sum));
		addToCounts(chunkCounts);
	}

	/**
	 * Adds the counts of a chunk, and subtracts them if its transaction is rolled back:
	 * the chunk is written again then.
	 */
	private void addToCounts(Map<String, Long> added) {
		added.forEach(this::count);
		if (TransactionSynchronizationManager.isSynchronizationActive()) {
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
				@Override
				public void afterCompletion(int status) {
					if (status == STATUS_ROLLED_BACK) {
						added.forEach((name, number) -> count(name, -number));
					}
				}
			});
		}
	}

	private void count(String name, long number) {
		this.counts.merge(getExecutionContextKey(name), number, Long::sum);
	}

	@Override
	public void update(ExecutionContext executionContext) {
		this.counts.forEach(executionContext::putLong);
		if (this.deadLetterWriter instanceof ItemStream stream) {
			stream.update(executionContext);
		}
	}

	@Override
	public void close() {
		if (this.execution.close() && this.deadLetterWriter instanceof ItemStream stream) {
			stream.close();
		}
	}

	/**
	 * Returns the name of a count, such as {@code already.done}.
	 */
	private static String name(Outcome outcome) {
		return outcome.name().toLowerCase(Locale.ROOT).replace('_', '.');
	}

}
