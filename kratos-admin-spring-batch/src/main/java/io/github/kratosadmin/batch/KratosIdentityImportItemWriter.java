package io.github.kratosadmin.batch;

import java.util.ArrayList;
import java.util.List;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.batch.RowOutcome.Outcome;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.identity.ImportIdentities;
import io.github.kratosadmin.identity.ImportResult;

/**
 * Creates identities with
 * {@link KratosAdmin#importIdentities(java.util.stream.Stream, ImportIdentities, java.util.function.Consumer)}.
 */
public class KratosIdentityImportItemWriter extends OutcomeItemWriter<IdentityRow> {

	private final KratosAdmin kratosAdmin;

	private final ImportIdentities options;

	KratosIdentityImportItemWriter(KratosIdentityImportItemWriterBuilder builder) {
		super(builder);
		this.kratosAdmin = builder.kratosAdmin();
		this.options = builder.options();
	}

	@Override
	List<RowOutcome> send(List<? extends IdentityRow> rows) {
		List<RowOutcome> outcomes = new ArrayList<>();
		List<IdentityRow> sent = new ArrayList<>();
		for (IdentityRow row : rows) {
			if (row.identity() != null) {
				sent.add(row);
			}
			else {
				outcomes.add(new RowOutcome(row.row(), null, Outcome.FAILED, row.problem(), null));
			}
		}
		this.kratosAdmin.importIdentities(sent.stream().map(IdentityRow::identity), this.options,
				(result) -> outcomes.add(outcome(sent.get((int) result.row()).row(), result)));
		return outcomes;
	}

	private static RowOutcome outcome(long row, ImportResult result) {
		KratosException failure = (result.failure() instanceof KratosException ex) ? ex : null;
		return switch (result.outcome()) {
			case CREATED -> new RowOutcome(row, result.id(), Outcome.DONE, null, null);
			case FAILED -> new RowOutcome(row, null, Outcome.FAILED, String.valueOf(failure), failure);
			case UNKNOWN -> new RowOutcome(row, null, Outcome.UNKNOWN, String.valueOf(failure), failure);
			case NOT_SENT -> throw new IllegalStateException(result.failure());
		};
	}

}
