package io.github.kratosadmin.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.kratosadmin.batch.RowOutcome.Outcome;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.CredentialsType;
import io.github.kratosadmin.identity.Identity;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rows of an input with the identities on the server, in a step with the
 * reader of the import. It changes nothing. The outcome of a row is
 * <ul>
 * <li>{@link Outcome#DONE} if its identity is as the row wants it:
 * {@link CreateIdentity#differences(Identity)} is empty</li>
 * <li>{@link Outcome#FAILED} if it is not, or not there, with a reason that names the
 * fields that differ, but shows no values</li>
 * <li>{@link Outcome#UNKNOWN} if Kratos refuses the lookup with 400, or the client cannot
 * send it</li>
 * </ul>
 * The identity of a row is found as {@link KratosIdentityImportItemWriter} recognizes it:
 * by the external id or, without one, by an identifier and the marker of the import. Rows
 * that the import refuses fail here too, for the same reason.
 * <p>
 * A row is looked up by its external id, or else by its identifiers until one is found,
 * with a request for each. If the server is down, or refuses every request, for longer
 * than {@link KratosIdentityVerificationItemWriterBuilder#maxPause}, the step fails, and
 * no outcome of the chunk is reported: restart the job.
 * <p>
 * Needs Kratos 0.13 or later. An instance works for one step execution at a time.
 *
 * @see KratosIdentityVerificationItemWriterBuilder
 */
public class KratosIdentityVerificationItemWriter extends OutcomeItemWriter<IdentityRow> {

	private static final String ABSENT = "There is no such identity";

	private final RowMarker marker;

	private final List<CredentialsType> includeCredential;

	private final IdentityLookup lookup;

	private final ConcurrentCalls calls;

	KratosIdentityVerificationItemWriter(KratosIdentityVerificationItemWriterBuilder builder) {
		super(builder);
		this.marker = new RowMarker(builder.marker());
		this.includeCredential = builder.includeCredential();
		this.lookup = new IdentityLookup(builder.kratosAdmin(), new RequestPace(builder.maxRequestsPerSecond()),
				builder.maxPause());
		this.calls = new ConcurrentCalls(builder.name(), builder.concurrency());
	}

	@Override
	List<RowOutcome> send(List<? extends IdentityRow> rows, Map<String, Long> counts) {
		return new ArrayList<>(this.calls.forEach(rows, this::verify));
	}

	private RowOutcome verify(IdentityRow row) {
		CreateIdentity wanted = row.identity();
		if (wanted == null) {
			return failed(row, null, row.problem());
		}
		String problem = this.marker.problem(wanted);
		if (problem == null && !this.lookup.canFind(wanted)) {
			problem = IdentityLookup.NOT_FINDABLE;
		}
		return (problem != null) ? failed(row, null, problem) : verify(row, this.marker.mark(row.row(), wanted));
	}

	private RowOutcome verify(IdentityRow row, CreateIdentity wanted) {
		IdentityLookup.Result result = this.lookup.find(wanted);
		if (result.problem() != null) {
			return new RowOutcome(row.row(), null, Outcome.UNKNOWN, result.problem(), null);
		}
		List<Identity> found = result.identities();
		List<Identity> own = found.stream().filter((identity) -> RowMarker.isOfRow(wanted, identity)).toList();
		if (own.isEmpty()) {
			return failed(row, null, found.isEmpty() ? ABSENT
					: "Another identity, " + found.get(0).id() + ", has the external id or an identifier of the row");
		}
		Identity identity = own.get(0);
		if (own.size() > 1) {
			return failed(row, identity.id(), "There are " + own.size() + " identities of the row");
		}
		Optional<Identity> current = this.includeCredential.isEmpty() ? Optional.of(identity)
				: this.lookup.read(identity.id(), this.includeCredential);
		if (current.isEmpty()) {
			return failed(row, null, ABSENT);
		}
		List<String> differences;
		try {
			differences = wanted.differences(current.get());
		}
		catch (IllegalArgumentException ex) {
			// Credentials that this version of the client cannot read: without their
			// content.
			return failed(row, identity.id(), ex.getMessage());
		}
		return differences.isEmpty() ? new RowOutcome(row.row(), identity.id(), Outcome.DONE, null, null)
				: failed(row, identity.id(), "The identity differs in " + String.join(", ", differences));
	}

	private static RowOutcome failed(IdentityRow row, @Nullable String identityId, @Nullable String reason) {
		return new RowOutcome(row.row(), identityId, Outcome.FAILED, reason, null);
	}

}
