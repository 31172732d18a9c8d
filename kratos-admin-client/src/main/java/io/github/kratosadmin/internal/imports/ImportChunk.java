package io.github.kratosadmin.internal.imports;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

import io.github.kratosadmin.identity.ImportResult;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are sent with one call, and what of them is left to send. One call after the
 * other is made for a chunk, in the order of its rows, so that of two that conflict the
 * first is created. If Kratos has created none because of one row, the rows are sent in
 * halves to find it. Where both halves are refused, the second goes row by row: many rows
 * are at fault then, and halves would take up to two calls for each.
 */
final class ImportChunk {

	private final List<ImportRow> rows;

	private final @Nullable ImportResult[] results;

	private final Deque<Part> left = new ArrayDeque<>();

	private boolean underWay;

	ImportChunk(List<ImportRow> rows) {
		this.rows = rows;
		this.results = new ImportResult[rows.size()];
		this.left.add(new Part(0, rows.size(), false, null));
	}

	/**
	 * Whether a call can be made now.
	 */
	boolean isWaiting() {
		return !this.underWay && !this.left.isEmpty();
	}

	boolean isUnderWay() {
		return this.underWay;
	}

	/**
	 * What to send next.
	 */
	Part next() {
		Part part = this.left.remove();
		this.underWay = true;
		return part;
	}

	List<ImportRow> rows(Part part) {
		return this.rows.subList(part.from, part.to);
	}

	/**
	 * A part was not sent, or nothing of it was done, and it is to be sent again.
	 */
	void putBack(Part part) {
		this.underWay = false;
		this.left.addFirst(part);
	}

	/**
	 * It is known what became of a part.
	 */
	void done(Part part, Function<ImportRow, ImportResult> result) {
		this.underWay = false;
		for (int i = part.from; i < part.to; i++) {
			this.results[i] = result.apply(this.rows.get(i));
		}
	}

	/**
	 * Kratos has created nothing of a part, because of one of its rows.
	 */
	void refused(Part part, Function<ImportRow, ImportResult> resultOfOne) {
		part.refused = true;
		if (part.size() == 1) {
			done(part, resultOfOne);
		}
		else if (part.firstHalf != null && part.firstHalf.refused) {
			rowByRow(part, false);
		}
		else {
			halve(part);
		}
	}

	/**
	 * A part is too large for what stands before Kratos.
	 */
	void tooLarge(Part part, Function<ImportRow, ImportResult> resultOfOne) {
		if (part.size() == 1) {
			done(part, resultOfOne);
		}
		else {
			halve(part);
		}
	}

	/**
	 * The server has no batches, or lacks what only some rows of a part have.
	 */
	void oneByOne(Part part) {
		rowByRow(part, true);
	}

	/**
	 * Nothing more is sent.
	 */
	void end(Function<ImportRow, ImportResult> result) {
		while (!this.left.isEmpty()) {
			done(this.left.remove(), result);
		}
	}

	/**
	 * The results of the rows that have one, in their order.
	 */
	List<ImportResult> results() {
		List<ImportResult> results = new ArrayList<>();
		for (ImportResult result : this.results) {
			if (result != null) {
				results.add(result);
			}
		}
		return results;
	}

	private void halve(Part part) {
		this.underWay = false;
		int middle = part.from + part.size() / 2;
		Part first = new Part(part.from, middle, false, null);
		this.left.addFirst(new Part(middle, part.to, false, first));
		this.left.addFirst(first);
	}

	private void rowByRow(Part part, boolean single) {
		this.underWay = false;
		for (int row = part.to - 1; row >= part.from; row--) {
			this.left.addFirst(new Part(row, row + 1, single, null));
		}
	}

	/**
	 * Rows that one call creates.
	 */
	static final class Part {

		private final int from;

		/** The row after the last one. */
		private final int to;

		private final boolean single;

		private final @Nullable Part firstHalf;

		private boolean refused;

		/**
		 * Creates a part.
		 * @param firstHalf of what this is the second half of
		 */
		private Part(int from, int to, boolean single, @Nullable Part firstHalf) {
			this.from = from;
			this.to = to;
			this.single = single;
			this.firstHalf = firstHalf;
		}

		int size() {
			return this.to - this.from;
		}

		/**
		 * Whether it is one row for {@code createIdentity}.
		 */
		boolean isSingle() {
			return this.single;
		}

	}

}
