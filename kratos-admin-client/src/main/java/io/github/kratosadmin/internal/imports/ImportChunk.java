package io.github.kratosadmin.internal.imports;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

import io.github.kratosadmin.identity.ImportResult;
import org.jspecify.annotations.Nullable;

/**
 * A chunk of rows, and the parts of it that remain to be sent. The requests of a chunk
 * are sent one after another, in the order of its rows, so that the first of two
 * conflicting rows is created. If Kratos refuses a part because of one row, the part is
 * cut before and after the rows that are suspected of it. If there are none or many, it
 * is sent in halves to find the row. If both halves are refused, the second is sent row
 * by row: many rows are invalid then, and halves would take up to two requests for each.
 */
final class ImportChunk {

	/**
	 * The maximum number of parts that a refused part is cut into: enough for three
	 * suspects in different places.
	 */
	private static final int MAX_CUTS = 7;

	private final List<ImportRow> rows;

	private final @Nullable ImportResult[] results;

	private final Deque<Part> remaining = new ArrayDeque<>();

	private boolean running;

	ImportChunk(List<ImportRow> rows) {
		this.rows = rows;
		this.results = new ImportResult[rows.size()];
		this.remaining.add(new Part(0, rows.size(), false, null));
	}

	/**
	 * Returns whether a part can be sent now.
	 */
	boolean isWaiting() {
		return !this.running && !this.remaining.isEmpty();
	}

	boolean isRunning() {
		return this.running;
	}

	/**
	 * Removes the next part to send.
	 */
	Part next() {
		Part part = this.remaining.remove();
		this.running = true;
		return part;
	}

	/**
	 * Removes only the first row of the next part.
	 */
	Part nextRow() {
		Part part = next();
		if (part.size() == 1) {
			return part;
		}
		this.remaining.addFirst(new Part(part.from + 1, part.to, part.single, null));
		return new Part(part.from, part.from + 1, part.single, null);
	}

	/**
	 * Returns whether a part has all rows.
	 */
	boolean isWhole(Part part) {
		return part.size() == this.rows.size();
	}

	List<ImportRow> rows(Part part) {
		return this.rows.subList(part.from, part.to);
	}

	/**
	 * Puts back a part that was not sent or certainly not carried out, to send it again.
	 */
	void putBack(Part part) {
		this.running = false;
		this.remaining.addFirst(part);
	}

	/**
	 * Sets the results of a part.
	 */
	void done(Part part, Function<ImportRow, ImportResult> result) {
		this.running = false;
		for (int i = part.from; i < part.to; i++) {
			this.results[i] = result.apply(this.rows.get(i));
		}
	}

	/**
	 * Splits a part of which Kratos created nothing because of one of its rows.
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
			List<Part> cuts = cutAroundSuspects(part);
			if (cuts.size() > 1 && cuts.size() <= MAX_CUTS) {
				replace(cuts);
			}
			else {
				halve(part);
			}
		}
	}

	/**
	 * Splits a part that is too large for a proxy in front of Kratos.
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
	 * Splits a part into single rows: the server has no batches, or lacks a field that
	 * only some of the rows have.
	 */
	void oneByOne(Part part) {
		rowByRow(part, true);
	}

	/**
	 * Sets the results of all parts that were not sent.
	 */
	void end(Function<ImportRow, ImportResult> result) {
		while (!this.remaining.isEmpty()) {
			done(this.remaining.remove(), result);
		}
	}

	/**
	 * Returns the results in the order of the rows, without rows that have none.
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

	private List<Part> cutAroundSuspects(Part part) {
		List<Part> cuts = new ArrayList<>();
		int from = part.from;
		boolean suspect = RefusalGuess.isSuspect(this.rows.get(from).identity());
		for (int row = from + 1; row < part.to; row++) {
			if (RefusalGuess.isSuspect(this.rows.get(row).identity()) != suspect) {
				cuts.add(new Part(from, row, false, null));
				from = row;
				suspect = !suspect;
			}
		}
		cuts.add(new Part(from, part.to, false, null));
		return cuts;
	}

	private void halve(Part part) {
		int middle = part.from + part.size() / 2;
		Part first = new Part(part.from, middle, false, null);
		replace(List.of(first, new Part(middle, part.to, false, first)));
	}

	private void rowByRow(Part part, boolean single) {
		List<Part> parts = new ArrayList<>();
		for (int row = part.from; row < part.to; row++) {
			parts.add(new Part(row, row + 1, single, null));
		}
		replace(parts);
	}

	/**
	 * Replaces the part that was sent by smaller ones, which are sent next.
	 */
	private void replace(List<Part> parts) {
		this.running = false;
		for (int i = parts.size() - 1; i >= 0; i--) {
			this.remaining.addFirst(parts.get(i));
		}
	}

	/**
	 * Rows that one request creates.
	 */
	static final class Part {

		private final int from;

		/** The index after the last row. */
		private final int to;

		private final boolean single;

		private final @Nullable Part firstHalf;

		private boolean refused;

		/**
		 * Creates a part.
		 * @param from the index of the first row
		 * @param to the index after the last row
		 * @param single whether to send the row with {@code createIdentity}
		 * @param firstHalf the first half if this is the second, {@code null} otherwise
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
		 * Returns whether to send the row with {@code createIdentity}.
		 */
		boolean isSingle() {
			return this.single;
		}

	}

}
