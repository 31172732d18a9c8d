package io.github.kratosadmin.batch;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.batch.RowOutcome.Outcome;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.ImportIdentities;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.job.JobInterruptedException;

/**
 * Creates the identities of rows. Each chunk is imported as
 * {@link KratosAdmin#importIdentities(Stream, ImportIdentities, java.util.function.Consumer)}
 * does, and no exception is thrown because of a row: its outcome goes to the listener, to
 * the counts in the execution context and, if it failed, to the dead-letter writer.
 * <p>
 * HTTP does not roll back. If the process ends between the response of Kratos and the
 * commit of the chunk, the chunk is written again after the restart, and Kratos reports
 * conflicts. A conflict counts as {@link Outcome#ALREADY_DONE} only if the identity on
 * the server is that of the row:
 * <ul>
 * <li>A row with an external id is recognized by it. If the identity differs in its
 * schema, traits, state, metadata or organization, the row is {@link Outcome#FAILED}:
 * another row may have the same external id. Credentials are not compared.</li>
 * <li>Any other row is recognized by an entry with the name of the import and its number
 * in the admin metadata, which the writer adds. The name of the import must be set with
 * {@link KratosIdentityImportItemWriterBuilder#marker(String)}, and the numbers of the
 * rows must be the same after a restart.</li>
 * </ul>
 * Any other conflict is {@link Outcome#FAILED}, with the id of the other identity in the
 * reason. Rows that could not be looked up or recognized are refused, and not sent: rows
 * without an external id and an identifier, without an external id if no name of the
 * import is set, or with admin metadata that is not an object and so cannot take the
 * entry. If the server is too old for a row, such as one with an external id before 25.4,
 * the step fails.
 * <p>
 * Rows that Kratos may have created are looked up in the same way. Those that do not
 * exist are sent again, up to two times and in smaller requests. This is safe even if the
 * server is still working on the first request, because one of two equal rows conflicts.
 * If this does not tell either, or Kratos refuses the lookup with 400, a row is
 * {@link Outcome#UNKNOWN}. The number of rows whose fate was found out is in the
 * execution context, as {@code <name>.resolved}.
 * <p>
 * A row that is sent three times without an answer of Kratos, such as after a 5xx or the
 * 403 of a gateway, is reported if Kratos has created or refused another row of the
 * chunk, or a row of the chunk before. Otherwise the writer throws the exception, also
 * for a single row: a gateway that refuses everything is not to turn all rows into dead
 * letters. If the rows are to blame nevertheless, restart the job with larger chunks, so
 * that other rows are among them.
 * <p>
 * While the server is failing, the writer waits up to
 * {@link ImportIdentities#maxPause()}. After that it throws an exception, and so it does
 * if every request is refused, the client is closed or the thread is interrupted: the
 * step fails, and the chunk is written again after a restart. If
 * {@link ImportIdentities#stop()} returns {@code true}, the step stops, and the chunk is
 * also written again. Spring Batch gives a fault-tolerant step the status {@code FAILED}
 * then, not {@code STOPPED}: stop its job with a {@code JobOperator}. The listener of the
 * options is called with the progress within a chunk. The maximum rates of the options
 * hold for the whole step, including lookups, but for each worker on its own.
 * <p>
 * Needs Kratos 0.13 or later. Not thread-safe: each step or partition that runs at the
 * same time needs an instance of its own, such as one in step scope. It writes chunks
 * with several requests at the same time.
 *
 * @see KratosIdentityImportItemWriterBuilder
 */
public class KratosIdentityImportItemWriter extends OutcomeItemWriter<IdentityRow> {

	private static final String RESOLVED = "resolved";

	private final KratosAdmin kratosAdmin;

	private final ImportIdentities options;

	private final RowMarker marker;

	private final boolean skippable;

	private final RequestPace pace;

	private final IdentityLookup lookup;

	private final ConcurrentCalls calls;

	private final ImportEvidence evidence = new ImportEvidence();

	KratosIdentityImportItemWriter(KratosIdentityImportItemWriterBuilder builder) {
		this(builder, new RequestPace(builder.options().maxRequestsPerSecond()));
	}

	KratosIdentityImportItemWriter(KratosIdentityImportItemWriterBuilder builder, RequestPace pace) {
		super(builder);
		this.kratosAdmin = builder.kratosAdmin();
		this.options = builder.options();
		this.marker = new RowMarker(builder.marker());
		this.skippable = builder.skippable();
		this.pace = pace;
		this.lookup = new IdentityLookup(this.kratosAdmin, pace, this.options.maxPause());
		this.calls = new ConcurrentCalls("kratos-import-lookup", this.options.concurrency());
	}

	@Override
	List<String> countNames() {
		return Stream.concat(super.countNames().stream(), Stream.of(RESOLVED)).toList();
	}

	@Override
	List<RowOutcome> send(List<? extends IdentityRow> rows, Map<String, Long> counts) throws JobInterruptedException {
		ChunkImport chunk = new ChunkImport(this.kratosAdmin, this.options, this.pace, this.lookup, this.calls,
				this.evidence, rows.size());
		for (int i = 0; i < rows.size(); i++) {
			IdentityRow row = rows.get(i);
			CreateIdentity identity = row.identity();
			String problem = (identity != null) ? problem(identity) : row.problem();
			if (problem != null) {
				chunk.refuse(i, row.row(), problem);
			}
			else if (identity != null) {
				chunk.add(i, row.row(), this.marker.mark(row.row(), identity));
			}
		}
		List<RowOutcome> outcomes = chunk.run();
		if (this.skippable) {
			throwIfFailed(outcomes);
		}
		counts.put(RESOLVED, chunk.resolved());
		return outcomes;
	}

	private @Nullable String problem(CreateIdentity identity) {
		if (RowMarker.hasExternalId(identity)) {
			// A server without external ids refuses it, and the step fails.
			return null;
		}
		String problem = this.marker.problem(identity);
		return (problem != null || this.lookup.canFind(identity)) ? problem : IdentityLookup.NOT_FINDABLE;
	}

	private static void throwIfFailed(List<RowOutcome> outcomes) {
		List<RowOutcome> failed = outcomes.stream()
			.filter((outcome) -> outcome.outcome() == Outcome.FAILED || outcome.outcome() == Outcome.UNKNOWN)
			.toList();
		if (!failed.isEmpty()) {
			throw new RowsFailedException(outcomes.size(), failed);
		}
	}

}
