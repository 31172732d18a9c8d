package io.github.kratosadmin.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.batch.RowOutcome.Outcome;
import io.github.kratosadmin.error.KratosBadRequestException;
import io.github.kratosadmin.error.KratosConflictException;
import io.github.kratosadmin.error.KratosException;
import io.github.kratosadmin.error.KratosNotFoundException;
import io.github.kratosadmin.identity.IdentityApi;
import org.jspecify.annotations.Nullable;

/**
 * A writer whose items each change an identity, in a way that does no harm if it is made
 * again after a crash. It makes several changes at the same time, but those of one
 * identity in the order of the items.
 * <p>
 * A failure that concerns the item is its outcome. Any other failure, such as that of a
 * server that is down or refuses every request, is thrown: the step fails, no outcome of
 * the chunk is reported, and the chunk is written again after the restart.
 *
 * @param <T> the type of the items
 */
abstract class IdentityItemWriter<T> extends OutcomeItemWriter<T> {

	private static final int TOO_LARGE = 413;

	private final KratosAdmin kratosAdmin;

	private final ConcurrentCalls calls;

	private final RequestPace pace;

	IdentityItemWriter(ConcurrentItemWriterBuilder<?> builder) {
		super(builder);
		this.kratosAdmin = builder.kratosAdmin();
		this.calls = new ConcurrentCalls(builder.name(), builder.concurrency());
		this.pace = new RequestPace(builder.maxRequestsPerSecond());
	}

	/**
	 * Returns the id of the identity to change, valid or not.
	 */
	abstract @Nullable String identityId(T item);

	/**
	 * Changes an identity.
	 * @param identityId the id of the identity, a UUID
	 * @param item the item
	 * @return the outcome
	 * @throws RuntimeException if a call fails
	 */
	abstract RowOutcome change(String identityId, T item);

	@Override
	List<RowOutcome> send(List<? extends T> items, Map<String, Long> counts) {
		RowOutcome[] outcomes = new RowOutcome[items.size()];
		Map<String, List<Integer>> byIdentity = new LinkedHashMap<>();
		for (int i = 0; i < outcomes.length; i++) {
			String id = identityId(items.get(i));
			if (id != null && IdentityIds.isValid(id)) {
				byIdentity.computeIfAbsent(id.toLowerCase(Locale.ROOT), (same) -> new ArrayList<>()).add(i);
			}
			else {
				outcomes[i] = IdentityIds.invalid();
			}
		}
		this.calls.forEach(List.copyOf(byIdentity.entrySet()), (identity) -> {
			identity.getValue().forEach((i) -> outcomes[i] = outcome(identity.getKey(), items.get(i)));
			return identity;
		});
		return List.of(outcomes);
	}

	private RowOutcome outcome(String identityId, T item) {
		try {
			return change(identityId, item);
		}
		catch (KratosException ex) {
			if (!concernsItem(ex)) {
				throw ex;
			}
			return new RowOutcome(null, identityId, Outcome.FAILED, ex.getMessage(), ex);
		}
	}

	/**
	 * Whether the failure is about the item. A 400, 404 or 409 of a gateway is not, as it
	 * shows nothing about the identity.
	 */
	private static boolean concernsItem(KratosException ex) {
		if (ex instanceof KratosNotFoundException notFound) {
			return notFound.isAbsent();
		}
		return ex.getStatus() == TOO_LARGE || (ex.isFromKratos()
				&& (ex instanceof KratosBadRequestException || ex instanceof KratosConflictException));
	}

	/**
	 * Sends a request as soon as it may be sent.
	 */
	<R> R request(Supplier<R> request) {
		return this.pace.send(request);
	}

	IdentityApi identities() {
		return this.kratosAdmin.identities();
	}

	static RowOutcome done(String identityId) {
		return new RowOutcome(null, identityId, Outcome.DONE, null, null);
	}

	static RowOutcome alreadyDone(String identityId) {
		return new RowOutcome(null, identityId, Outcome.ALREADY_DONE, null, null);
	}

	static RowOutcome failed(String identityId, String reason) {
		return new RowOutcome(null, identityId, Outcome.FAILED, reason, null);
	}

}
