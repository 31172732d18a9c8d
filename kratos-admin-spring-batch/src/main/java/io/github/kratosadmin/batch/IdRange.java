package io.github.kratosadmin.batch;

import java.util.List;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;

import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.util.Assert;

/**
 * A range of ids in the execution context of a partition.
 *
 * @param after the exclusive lower bound
 * @param through the inclusive upper bound
 */
record IdRange(String after, String through) {

	/** Less than each id: no identity has it. */
	private static final String START = "00000000-0000-0000-0000-000000000000";

	private static final String END = "ffffffff-ffff-ffff-ffff-ffffffffffff";

	/**
	 * Splits all ids into ranges of the same size.
	 */
	static List<IdRange> split(int count) {
		List<String> bounds = LongStream.rangeClosed(0, count).mapToObj((i) -> bound(i, count)).toList();
		return LongStream.range(0, count)
			.mapToObj((i) -> new IdRange(bounds.get((int) i), bounds.get((int) i + 1)))
			.toList();
	}

	private static String bound(long index, int count) {
		return (index > 0) ? "%08x%s".formatted((index << 32) / count - 1, END.substring(8)) : START;
	}

	/**
	 * Returns the range of a partition.
	 * @return the range, or {@code null} if the step is no partition of
	 * {@link KratosIdentityRangePartitioner}
	 */
	static @Nullable IdRange from(ExecutionContext executionContext) {
		boolean hasAfter = executionContext.containsKey(KratosIdentityRangePartitioner.AFTER_KEY);
		boolean hasThrough = executionContext.containsKey(KratosIdentityRangePartitioner.THROUGH_KEY);
		Assert.state(hasAfter == hasThrough,
				"The execution context has only one bound of the range of ids: " + "it must have "
						+ KratosIdentityRangePartitioner.AFTER_KEY + " and "
						+ KratosIdentityRangePartitioner.THROUGH_KEY);
		return hasAfter ? new IdRange(executionContext.getString(KratosIdentityRangePartitioner.AFTER_KEY),
				executionContext.getString(KratosIdentityRangePartitioner.THROUGH_KEY)) : null;
	}

	ExecutionContext toExecutionContext() {
		ExecutionContext executionContext = new ExecutionContext();
		executionContext.putString(KratosIdentityRangePartitioner.AFTER_KEY, this.after);
		executionContext.putString(KratosIdentityRangePartitioner.THROUGH_KEY, this.through);
		return executionContext;
	}

	boolean isFirst() {
		return this.after.equals(START);
	}

	/**
	 * Whether this is the only range: all ids, in any order.
	 */
	boolean isWhole() {
		return isFirst() && this.through.equals(END);
	}

}
