package io.github.kratosadmin.batch;

import java.util.List;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.batch.RowOutcome.Outcome;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.error.KratosUnsupportedException;
import io.github.kratosadmin.session.ManageSessions;
import io.github.kratosadmin.session.ManageSessionsAction;

/**
 * Deletes all sessions of identities: their owners must sign in again. The items are the
 * ids of the identities. Works with Kratos 0.8 and later; on earlier servers, the step
 * fails. A Kratos after 26.2 deletes the sessions of up to 500 identities with one
 * request. Earlier ones need a request for each.
 * <p>
 * An identity without sessions is {@code DONE} too, and so is an id that Kratos does not
 * have. After a crash, the chunk comes again: sessions that began in between are deleted
 * as well. An id that is not a UUID is {@code FAILED}. If sessions of an identity may
 * remain, such as after a failure of the server or the 404 of a gateway, the step fails,
 * and no outcome of the chunk is reported: restart the job. After a 429, the writer waits
 * for as long as the server requests, up to 2 minutes and 5 times for a request.
 * <p>
 * An instance writes for one step execution at a time.
 *
 * @see io.github.kratosadmin.session.SessionApi#deleteIdentitySessions(String)
 * @see io.github.kratosadmin.session.SessionApi#manageSessions(ManageSessions)
 */
public class KratosSessionDeleteItemWriter extends OutcomeItemWriter<String> {

	private static final int NOT_FOUND = 404;

	private static final int METHOD_NOT_ALLOWED = 405;

	private final KratosAdmin kratosAdmin;

	private final ConcurrentCalls calls;

	private final RequestPace pace;

	KratosSessionDeleteItemWriter(KratosSessionDeleteItemWriterBuilder builder) {
		this(builder, new RequestPace(builder.maxRequestsPerSecond()));
	}

	KratosSessionDeleteItemWriter(KratosSessionDeleteItemWriterBuilder builder, RequestPace pace) {
		super(builder);
		this.kratosAdmin = builder.kratosAdmin();
		this.calls = new ConcurrentCalls(builder.name(), builder.concurrency());
		this.pace = pace;
	}

	@Override
	List<RowOutcome> send(List<? extends String> identityIds, Map<String, Long> counts) {
		List<String> ids = identityIds.stream()
			.<String>map((id) -> id)
			.filter(IdentityIds::isValid)
			.distinct()
			.toList();
		if (!deleteAtOnce(ids)) {
			this.calls.forEach(ids, this::delete);
		}
		return identityIds.stream().map(KratosSessionDeleteItemWriter::outcome).toList();
	}

	/**
	 * Deletes the sessions of as many identities as possible with each request.
	 * @return whether the server can do that
	 */
	private boolean deleteAtOnce(List<String> ids) {
		try {
			for (int from = 0; from < ids.size(); from += ManageSessions.MAX_IDS) {
				ManageSessions request = ManageSessions.ofIdentities(ManageSessionsAction.DELETE,
						ids.subList(from, Math.min(from + ManageSessions.MAX_IDS, ids.size())));
				this.pace.send(() -> this.kratosAdmin.sessions().manageSessions(request));
			}
			return true;
		}
		catch (KratosUnsupportedException ex) {
			return false;
		}
		catch (KratosException ex) {
			// As from an old server whose version is not known, or a gateway.
			if (ex.getStatus() != NOT_FOUND && ex.getStatus() != METHOD_NOT_ALLOWED) {
				throw ex;
			}
			return false;
		}
	}

	private String delete(String id) {
		try {
			return this.pace.send(() -> {
				this.kratosAdmin.sessions().deleteIdentitySessions(id);
				return id;
			});
		}
		catch (KratosNotFoundException ex) {
			// Another 404 may come from a gateway.
			if (!ex.isAbsent()) {
				throw ex;
			}
			return id;
		}
	}

	private static RowOutcome outcome(String id) {
		return IdentityIds.isValid(id) ? new RowOutcome(null, id, Outcome.DONE, null, null) : IdentityIds.invalid();
	}

}
