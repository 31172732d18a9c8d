package io.github.kratosadmin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

import io.github.kratosadmin.identity.ImportResult;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are sent with one call, and what of them is left to send. One call after the
 * other is made for a chunk. If Kratos has created none because of one row, the rows are
 * sent in halves to find it. Once both halves are refused they go one by one: many rows
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
		this.underWay = true;
		return this.left.remove();
	}

	List<ImportRow> rows(Part part) {
		return this.rows.subList(part.from(), part.to());
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
		setResults(part, result);
		finish(part);
	}

	/**
	 * Kratos has created nothing of a part, because of one of its rows.
	 */
	void refused(Part part, Function<ImportRow, ImportResult> resultOfOne) {
		if (part.size() == 1) {
			setResults(part, resultOfOne);
		}
		if (part.halves() != null) {
			part.halves().refused().add(part);
		}
		else {
			split(part);
		}
		finish(part);
	}

	/**
	 * A part is too large for what stands before Kratos.
	 */
	void tooLarge(Part part, Function<ImportRow, ImportResult> resultOfOne) {
		if (part.size() == 1) {
			setResults(part, resultOfOne);
		}
		split(part);
		finish(part);
	}

	/**
	 * The server has no batches, or lacks what only some rows of a part have.
	 */
	void oneByOne(Part part) {
		addSingles(part, true);
		finish(part);
	}

	/**
	 * Nothing more is sent.
	 */
	void end(Function<ImportRow, ImportResult> result) {
		this.left.forEach((part) -> setResults(part, result));
		this.left.clear();
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

	private void setResults(Part part, Function<ImportRow, ImportResult> result) {
		for (int i = part.from(); i < part.to(); i++) {
			this.results[i] = result.apply(this.rows.get(i));
		}
	}

	private void finish(Part part) {
		this.underWay = false;
		Halves halves = part.halves();
		if (halves == null || part.to() != halves.to()) {
			return;
		}
		if (halves.refused().size() == 1) {
			split(halves.refused().get(0));
		}
		else {
			// From the last to the first, as each goes before what is there.
			for (int i = halves.refused().size() - 1; i >= 0; i--) {
				addSingles(halves.refused().get(i), false);
			}
		}
	}

	private void split(Part part) {
		if (part.size() > 1) {
			int middle = part.from() + part.size() / 2;
			Halves halves = new Halves(part.to(), new ArrayList<>());
			this.left.addFirst(new Part(middle, part.to(), part.single(), halves));
			this.left.addFirst(new Part(part.from(), middle, part.single(), halves));
		}
	}

	private void addSingles(Part part, boolean single) {
		if (part.size() > 1 || single) {
			for (int row = part.to() - 1; row >= part.from(); row--) {
				this.left.addFirst(new Part(row, row + 1, single, null));
			}
		}
	}

	/**
	 * Rows that one call creates.
	 *
	 * @param from the first row
	 * @param to the row after the last one
	 * @param single whether it is one row for {@code createIdentity}
	 * @param halves if it is one of two halves, both
	 */
	record Part(int from, int to, boolean single, @Nullable Halves halves) {

		int size() {
			return this.to - this.from;
		}

	}

	/**
	 * Two halves.
	 *
	 * @param to the row after the last one
	 * @param refused those that Kratos has refused as a whole
	 */
	private record Halves(int to, List<Part> refused) {

	}

}
