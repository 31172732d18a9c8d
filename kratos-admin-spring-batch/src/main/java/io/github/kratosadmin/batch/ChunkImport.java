package io.github.kratosadmin.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.batch.RowOutcome.Outcome;
import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosConflictException;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ImportResult;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.job.JobInterruptedException;

/**
 * The import of one chunk. Rows that conflict with an identity, or may have been created,
 * are looked up. Rows that do not exist although they may have been created, and rows
 * that something other than Kratos has refused, are sent again: in smaller requests, so
 * that a row for which the server fails does not affect the others.
 */
final class ChunkImport {

	/** The number of times that a row is sent. */
	private static final int MAX_ATTEMPTS = 3;

	/** How much smaller the requests of the second attempt are. */
	private static final int REDUCTION = 16;

	private static final int TOO_LARGE = 413;

	/** The time to wait before the second attempt, and twice as long before the third. */
	private static final long WAIT = TimeUnit.MILLISECONDS.toNanos(500);

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final KratosAdmin kratosAdmin;

	private final ImportIdentities options;

	private final IdentityLookup lookup;

	private final ConcurrentCalls calls;

	private final RequestPace pace;

	private final List<Row> rows = new ArrayList<>();

	private final RowOutcome[] outcomes;

	private final ImportEvidence evidence;

	/** Whether Kratos has created a row of the chunk, or refused one. */
	private boolean answered;

	ChunkImport(KratosAdmin kratosAdmin, ImportIdentities options, RequestPace pace, IdentityLookup lookup,
			ConcurrentCalls calls, ImportEvidence evidence, int size) {
		this.kratosAdmin = kratosAdmin;
		this.options = options;
		this.pace = pace;
		this.lookup = lookup;
		this.calls = calls;
		this.evidence = evidence;
		this.outcomes = new RowOutcome[size];
	}

	/**
	 * Adds a row that is not sent.
	 * @param index the index of the row in the chunk
	 * @param row the number of the row in its input
	 * @param problem the reason
	 */
	void refuse(int index, long row, String problem) {
		this.outcomes[index] = new RowOutcome(row, null, Outcome.FAILED, problem, null);
	}

	/**
	 * Adds a row to send.
	 * @param index the index of the row in the chunk
	 * @param row the number of the row in its input
	 * @param identity the identity to create, with its mark
	 */
	void add(int index, long row, CreateIdentity identity) {
		this.rows.add(new Row(index, row, identity));
	}

	/**
	 * Imports the rows.
	 * @return the outcomes of all rows, in their order
	 * @throws JobInterruptedException if the options of the import stopped it
	 */
	List<RowOutcome> run() throws JobInterruptedException {
		if (this.rows.isEmpty()) {
			return Arrays.asList(this.outcomes);
		}
		boolean answeredBefore = this.evidence.begin();
		List<Row> toSend = this.rows;
		for (int attempt = 1; attempt <= MAX_ATTEMPTS && !toSend.isEmpty(); attempt++) {
			send(toSend, options(attempt));
			this.answered |= toSend.stream().anyMatch(Row::isAnswered);
			toSend = decide(toSend);
			if (!toSend.isEmpty() && attempt < MAX_ATTEMPTS) {
				this.pace.pause(Math.min(attempt * WAIT, this.options.maxPause().toNanos()));
			}
		}
		giveUp(toSend, answeredBefore);
		return Arrays.asList(this.outcomes);
	}

	/**
	 * Returns the number of rows of which the fate was not known and then found out.
	 */
	long resolved() {
		return this.rows.stream()
			.filter((row) -> row.unknown && this.outcomes[row.index].outcome() != Outcome.UNKNOWN)
			.count();
	}

	private ImportIdentities options(int attempt) {
		if (attempt == 1) {
			return this.options;
		}
		int chunkSize = (attempt < MAX_ATTEMPTS) ? Math.max(this.options.chunkSize() / REDUCTION, 1) : 1;
		return new ImportIdentities(chunkSize, this.options.clearPasswordsPerChunk(), this.options.concurrency(),
				this.options.failuresBeforePause(), this.options.maxPause(), this.options.maxRowsPerSecond(),
				this.options.maxRequestsPerSecond(), this.options.givingWay(), this.options.listener(),
				this.options.stop());
	}

	private void send(List<Row> rows, ImportIdentities options) throws JobInterruptedException {
		rows.forEach((row) -> row.result = null);
		this.pace.send(() -> this.kratosAdmin.importIdentities(rows.stream().map((row) -> row.identity), options,
				(result) -> rows.get((int) result.row()).result = result));
		this.pace.pause(interval(rows.size(), options));
		for (Row row : rows) {
			if (row.result == null) {
				throw new JobInterruptedException(
						"The import was stopped within a chunk. The chunk is written again after a restart");
			}
			if (row.result.outcome() == ImportResult.Outcome.NOT_SENT && row.result.failure() != null) {
				throw row.result.failure();
			}
			if (row.result.failure() instanceof KratosUnsupportedException ex) {
				// The server is too old for all rows like this one.
				throw ex;
			}
		}
	}

	/**
	 * Returns the time between the last request of an import and the next one, in
	 * nanoseconds. The import itself keeps to the rate.
	 */
	private static long interval(int rows, ImportIdentities options) {
		Integer maxRows = options.maxRowsPerSecond();
		Integer maxRequests = options.maxRequestsPerSecond();
		long ofLastRequest = Math.min(rows, options.chunkSize());
		long forRows = (maxRows != null) ? Math.min(ofLastRequest * SECOND / maxRows, SECOND) : 0;
		return Math.max(forRows, (maxRequests != null) ? SECOND / maxRequests : 0);
	}

	/**
	 * Decides on the outcomes of rows that were sent.
	 * @return the rows to send again
	 */
	private List<Row> decide(List<Row> rows) {
		rows.forEach(Row::setUnknown);
		List<Row> toLookUp = rows.stream().filter(Row::needsLookup).toList();
		List<IdentityLookup.Result> found = this.calls.forEach(toLookUp, (row) -> this.lookup.find(row.identity));
		for (int i = 0; i < toLookUp.size(); i++) {
			toLookUp.get(i).found = found.get(i);
		}
		List<Row> again = new ArrayList<>();
		for (Row row : rows) {
			RowOutcome outcome = row.outcome();
			if (outcome != null) {
				this.outcomes[row.index] = outcome;
			}
			else {
				again.add(row);
			}
		}
		return again;
	}

	/**
	 * Reports rows without an answer of Kratos, unless it is not because of them. All
	 * lookups of them have succeeded.
	 */
	private void giveUp(List<Row> rows, boolean answeredBefore) {
		Set<Long> numbers = rows.stream().map((row) -> row.number).collect(Collectors.toSet());
		boolean atFault = this.evidence.end(answeredBefore, this.answered, numbers);
		for (Row row : rows) {
			RuntimeException failure = row.failure();
			if (!atFault && failure != null) {
				throw failure;
			}
			this.outcomes[row.index] = row.unknown
					? row.outcome(Outcome.UNKNOWN, null,
							"The row was sent " + MAX_ATTEMPTS + " times, and no identity was found: " + row.message())
					: row.outcome(Outcome.FAILED, null, row.message());
		}
	}

	/**
	 * A row to send.
	 */
	private static final class Row {

		private final int index;

		private final long number;

		private final CreateIdentity identity;

		/** The result of the last attempt. */
		private @Nullable ImportResult result;

		/** Whether an attempt may have created the identity. */
		private boolean unknown;

		/** The identities with the external id or an identifier of the row. */
		private IdentityLookup.Result found = new IdentityLookup.Result(List.of(), null);

		Row(int index, long number, CreateIdentity identity) {
			this.index = index;
			this.number = number;
			this.identity = identity;
		}

		void setUnknown() {
			this.unknown |= is(ImportResult.Outcome.UNKNOWN);
		}

		/**
		 * Returns whether the identity may exist, or a gateway has refused the row. If
		 * the gateway refuses everything, the lookup fails, and so does the step.
		 */
		boolean needsLookup() {
			return is(ImportResult.Outcome.UNKNOWN) || isConflict()
					|| (is(ImportResult.Outcome.FAILED) && !isRefusedByKratos() && !isTooLarge());
		}

		private boolean is(ImportResult.Outcome outcome) {
			return this.result != null && this.result.outcome() == outcome;
		}

		private boolean isConflict() {
			return is(ImportResult.Outcome.FAILED) && failure() instanceof KratosConflictException ex
					&& ex.isFromKratos();
		}

		@Nullable RuntimeException failure() {
			return (this.result != null) ? this.result.failure() : null;
		}

		/**
		 * Returns the message of the failure. The client has removed the values that it
		 * sent from the message of its exception, but other exceptions may show them.
		 */
		String message() {
			return (failure() instanceof KratosException ex) ? String.valueOf(ex.getMessage())
					: "The request failed: " + ((failure() != null) ? failure().getClass().getName() : "no result");
		}

		/**
		 * Returns the outcome, or {@code null} to send the row again.
		 */
		@Nullable RowOutcome outcome() {
			if (this.result != null && is(ImportResult.Outcome.CREATED)) {
				return outcome(Outcome.DONE, this.result.id(), null);
			}
			if (needsLookup()) {
				return outcomeOfLookup();
			}
			return outcome(Outcome.FAILED, null, message());
		}

		private @Nullable RowOutcome outcomeOfLookup() {
			if (this.found.problem() != null) {
				return outcome(Outcome.UNKNOWN, null, message() + ". " + this.found.problem());
			}
			List<Identity> found = this.found.identities();
			for (Identity candidate : found) {
				if (RowMarker.isOfRow(this.identity, candidate)) {
					return outcomeOf(candidate);
				}
			}
			if (!found.isEmpty()) {
				return outcome(Outcome.FAILED, null, message() + ". Another identity, " + found.get(0).id()
						+ ", has the external id or an identifier of the row");
			}
			if (isConflict()) {
				return outcome(this.unknown ? Outcome.UNKNOWN : Outcome.FAILED, null, message());
			}
			return null;
		}

		private RowOutcome outcomeOf(Identity found) {
			List<String> differences = RowMarker.differences(this.identity, found);
			if (!differences.isEmpty()) {
				return outcome(Outcome.FAILED, null,
						message() + ". Identity " + found.id() + " has the external id of the row, but differs in "
								+ String.join(", ", differences)
								+ ": another row has the same external id, or the identity was changed");
			}
			return outcome(this.unknown ? Outcome.DONE : Outcome.ALREADY_DONE, found.id(), null);
		}

		/**
		 * Returns whether Kratos has created or refused the row, and not a gateway.
		 */
		boolean isAnswered() {
			return is(ImportResult.Outcome.CREATED) || isConflict()
					|| (is(ImportResult.Outcome.FAILED) && isRefusedByKratos());
		}

		private boolean isTooLarge() {
			return failure() instanceof KratosException ex && ex.getStatus() == TOO_LARGE;
		}

		private boolean isRefusedByKratos() {
			return failure() instanceof KratosException ex && ex.isFromKratos()
					&& (ex instanceof KratosBadRequestException || ex instanceof KratosNotFoundException);
		}

		RowOutcome outcome(Outcome outcome, @Nullable String identityId, @Nullable String reason) {
			KratosException failure = (reason != null && failure() instanceof KratosException ex) ? ex : null;
			return new RowOutcome(this.number, identityId, outcome, reason, failure);
		}

	}

}
