package io.github.kratosadmin.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.batch.RowOutcome.Outcome;
import io.github.kratosadmin.error.KratosRateLimitedException;
import io.github.kratosadmin.error.KratosSessionsNotDeletedException;

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
 * @see io.github.kratosadmin.session.SessionApi#deleteIdentitySessions(Collection)
 */
public class KratosSessionDeleteItemWriter extends OutcomeItemWriter<String> {

	private final KratosAdmin kratosAdmin;

	private final int concurrency;

	private final boolean oneByOne;

	private final ConcurrentCalls calls;

	private final RequestPace pace;

	KratosSessionDeleteItemWriter(KratosSessionDeleteItemWriterBuilder builder) {
		super(builder);
		this.kratosAdmin = builder.kratosAdmin();
		this.concurrency = builder.concurrency();
		this.oneByOne = builder.maxRequestsPerSecond() != null;
		this.calls = new ConcurrentCalls(builder.name(), builder.concurrency());
		this.pace = new RequestPace(builder.maxRequestsPerSecond());
	}

	@Override
	List<RowOutcome> send(List<? extends String> identityIds) {
		List<String> ids = identityIds.stream()
			.<String>map((id) -> id)
			.filter(IdentityIds::isValid)
			.distinct()
			.toList();
		this.calls.forEach(parts(ids), this::delete);
		return identityIds.stream().map(KratosSessionDeleteItemWriter::outcome).toList();
	}

	/**
	 * Divides the ids among the calls, each of which sends its requests one after
	 * another.
	 */
	private List<List<String>> parts(List<String> ids) {
		int size = this.oneByOne ? 1 : (ids.size() + this.concurrency - 1) / this.concurrency;
		List<List<String>> parts = new ArrayList<>();
		for (int from = 0; from < ids.size(); from += size) {
			parts.add(ids.subList(from, Math.min(from + size, ids.size())));
		}
		return parts;
	}

	private List<String> delete(List<String> identityIds) {
		Set<String> remaining = new LinkedHashSet<>(identityIds);
		return this.pace.send(() -> {
			try {
				this.kratosAdmin.sessions().deleteIdentitySessions(remaining);
				return identityIds;
			}
			catch (KratosSessionsNotDeletedException ex) {
				remaining.retainAll(ex.getFailures().keySet());
				throw first(ex.getFailures().values());
			}
		});
	}

	/**
	 * Returns the first failure that cannot be overcome by waiting.
	 */
	private static RuntimeException first(Collection<RuntimeException> failures) {
		return failures.stream()
			.filter((failure) -> !(failure instanceof KratosRateLimitedException))
			.findFirst()
			.orElseGet(() -> failures.iterator().next());
	}

	private static RowOutcome outcome(String id) {
		return IdentityIds.isValid(id) ? new RowOutcome(null, id, Outcome.DONE, null, null) : IdentityIds.invalid();
	}

}
