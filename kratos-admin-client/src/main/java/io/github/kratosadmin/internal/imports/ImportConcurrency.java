package io.github.kratosadmin.internal.imports;

import java.util.concurrent.TimeUnit;

import io.github.kratosadmin.identity.ImportIdentities;

/**
 * Determines how many requests an import sends at the same time. As long as a row takes
 * about as long as in the fastest requests, the server has room for more. If it takes a
 * multiple, requests are waiting in the server: fewer of the import leave room for others
 * and cost no throughput. Not thread-safe.
 */
final class ImportConcurrency {

	/** Few enough for a small server, which they keep busy. */
	private static final int FIRST = 4;

	/** Rows that take longer than this multiple do not lead to more requests. */
	private static final double FULL = 1.5;

	/** Rows that take longer than this multiple lead to fewer requests. */
	private static final double OVERLOADED = 2;

	/** A server that carries out one request after another is used best by two. */
	private static final double OVERLOADED_BY_FEW = 3;

	private static final int FEW = 3;

	/** The time of a request is not compared if it is shorter: it varies too much. */
	private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(25);

	/** After this number of adjustments, a request is sent alone, to measure again. */
	private static final int MEASURED = 100;

	/**
	 * After this number of requests in a row whose times cannot be compared, for each at
	 * the same time, the server is taken to have room.
	 */
	private static final int INCOMPARABLE = 20;

	private final int max;

	private final boolean fixed;

	private int limit;

	/** The start of the current limit. Requests from before it say nothing about it. */
	private int round;

	private boolean growsQuickly = true;

	/** The shortest time of a row, as the mean of a few requests; 0 if not known. */
	private double shortest;

	/** The kind of the requests that are compared. */
	private int kind;

	/** Whether the requests since the last adjustment are of different kinds. */
	private boolean mixed;

	private double rowTime;

	private double requestTime;

	private int count;

	private int adjustments;

	/** The number of requests in a row whose times cannot be compared. */
	private int incomparable;

	/** Whether the next request is sent alone. */
	private boolean alone;

	ImportConcurrency(ImportIdentities options) {
		this.max = options.concurrency();
		this.fixed = !options.givingWay();
		this.limit = this.fixed ? this.max : Math.min(FIRST, this.max);
	}

	/**
	 * Returns the maximum number of requests at the same time.
	 */
	int limit() {
		return this.alone ? 1 : this.limit;
	}

	/**
	 * Returns a number that increases whenever the limit changes.
	 */
	int round() {
		return this.round;
	}

	/**
	 * Records a successful request.
	 * @param sentInRound the round in which it was sent
	 * @param kind the kind of the request: only requests of the same kind are compared
	 * @param rows the number of its rows
	 * @param nanos the time it took
	 */
	void succeeded(int sentInRound, int kind, int rows, long nanos) {
		if (this.fixed || sentInRound != this.round) {
			return;
		}
		if (kind != this.kind) {
			this.kind = kind;
			this.shortest = 0;
			this.mixed = this.count > 0;
		}
		this.incomparable = 0;
		this.rowTime += (double) nanos / rows;
		this.requestTime += nanos;
		this.count++;
		if (this.alone) {
			// The server may have become slower for good.
			this.shortest = Math.max(this.shortest, this.rowTime);
			this.alone = false;
			this.adjustments = 0;
			nextRound(this.limit);
		}
		else if (this.count >= this.limit) {
			adjust();
		}
	}

	private void adjust() {
		double multiple = multiple();
		double overloaded = (this.limit > FEW) ? OVERLOADED : OVERLOADED_BY_FEW;
		this.adjustments++;
		forget();
		if (multiple > overloaded) {
			this.growsQuickly = false;
			nextRound((int) Math.max(Math.min(this.limit * overloaded / multiple, this.limit - 1), 1));
		}
		else if (this.limit < this.max && multiple < FULL) {
			nextRound(Math.min(this.growsQuickly ? 2 * this.limit : this.limit + 1, this.max));
		}
		else {
			this.growsQuickly = false;
		}
		// There is no need if the server has room for all requests.
		if (this.adjustments >= MEASURED && (this.limit < this.max || multiple >= FULL)) {
			this.alone = true;
			nextRound(this.limit);
		}
	}

	/**
	 * Returns the time of a row as a multiple of the shortest.
	 */
	private double multiple() {
		double rowTime = this.rowTime / this.count;
		boolean comparable = !this.mixed && this.requestTime / this.count >= SHORT;
		if (!this.mixed) {
			this.shortest = (this.shortest > 0) ? Math.min(this.shortest, rowTime) : rowTime;
		}
		double multiple = (comparable && this.shortest > 0) ? rowTime / this.shortest : 1;
		if (multiple < FULL && !this.mixed) {
			// One time that was short by chance is forgotten.
			this.shortest += (rowTime - this.shortest) / 10;
		}
		return multiple;
	}

	/**
	 * Records a request with a part of a chunk, or one that the server refused because of
	 * its rows. Its time says nothing about the time of a chunk.
	 * @param sentInRound the round in which it was sent
	 */
	void answered(int sentInRound) {
		if (this.fixed || sentInRound != this.round) {
			return;
		}
		this.incomparable++;
		if (this.incomparable >= INCOMPARABLE * this.limit) {
			this.alone = false;
			nextRound(Math.min(2 * this.limit, this.max));
		}
	}

	/**
	 * Records a request that failed, or that the server refused because of its rate
	 * limit.
	 * @param sentInRound the round in which it was sent
	 */
	void failed(int sentInRound) {
		if (!this.fixed && sentInRound == this.round) {
			this.growsQuickly = false;
			nextRound(Math.max(this.limit / 2, 1));
		}
	}

	private void nextRound(int limit) {
		this.limit = limit;
		this.round++;
		this.incomparable = 0;
		forget();
	}

	private void forget() {
		this.rowTime = 0;
		this.requestTime = 0;
		this.count = 0;
		this.mixed = false;
	}

}
