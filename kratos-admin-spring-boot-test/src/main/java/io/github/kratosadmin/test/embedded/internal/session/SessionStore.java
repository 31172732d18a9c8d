package io.github.kratosadmin.test.embedded.internal.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.text.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a server, in the order in which they were issued.
 */
public final class SessionStore {

	/**
	 * The lifespan of a session, from its start or its extension on.
	 */
	static final Duration LIFESPAN = Duration.ofHours(24);

	private final KratosEra era;

	private final Supplier<String> ids;

	private final Clock clock;

	private final Map<String, StoredSession> sessions = new LinkedHashMap<>();

	public SessionStore(KratosEra era, Supplier<String> ids, Clock clock) {
		this.era = era;
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * Issues a session for an identity.
	 */
	public StoredSession issue(String identityId) {
		String token = SessionRules.prefixOfSessionTokens(this.era) + Tokens.sessionOrLinkToken();
		Instant now = this.clock.instant();
		StoredSession session = new StoredSession(this.ids.get(), identityId, token, true, now, now.plus(LIFESPAN),
				this.ids.get());
		add(session);
		return session;
	}

	private synchronized void add(StoredSession session) {
		this.sessions.put(session.id(), session);
	}

	/**
	 * Finds the active session with a token.
	 */
	public synchronized @Nullable StoredSession find(@Nullable String token) {
		return this.sessions.values()
			.stream()
			.filter((session) -> session.token().equals(token) && session.isActive(this.clock.instant()))
			.findFirst()
			.orElse(null);
	}

	/**
	 * Finds a session, active or not.
	 * @throws ErrorResponseException if there is no such session
	 */
	synchronized StoredSession get(String id) {
		StoredSession session = this.sessions.get(id);
		if (session == null) {
			throw ErrorResponseException.noSuchRow();
		}
		return session;
	}

	/**
	 * Changes a session.
	 * @throws ErrorResponseException if there is no such session
	 */
	synchronized StoredSession update(String id, UnaryOperator<StoredSession> change) {
		StoredSession updated = change.apply(get(id));
		this.sessions.put(id, updated);
		return updated;
	}

	synchronized List<StoredSession> list() {
		return List.copyOf(this.sessions.values());
	}

	/**
	 * Disables or deletes sessions, the oldest first. Disabled ones are not disabled
	 * again.
	 * @param deletes whether to delete them
	 * @param wanted which sessions
	 * @param limit the greatest number of sessions
	 * @return the number of sessions that were disabled or deleted
	 */
	synchronized int manage(boolean deletes, Predicate<StoredSession> wanted, int limit) {
		List<StoredSession> found = this.sessions.values()
			.stream()
			.filter((session) -> wanted.test(session) && (deletes || session.active()))
			.limit(limit)
			.toList();
		for (StoredSession session : found) {
			if (deletes) {
				this.sessions.remove(session.id());
			}
			else {
				this.sessions.put(session.id(), session.disabled());
			}
		}
		return found.size();
	}

	/**
	 * Removes the sessions of an identity.
	 * @return whether there was one
	 */
	public synchronized boolean removeOf(String identityId) {
		return this.sessions.values().removeIf((session) -> session.identityId().equals(identityId));
	}

	/**
	 * Takes a snapshot of the sessions.
	 * @return an action that restores it
	 */
	public synchronized Runnable snapshot() {
		Map<String, StoredSession> sessions = new LinkedHashMap<>(this.sessions);
		return () -> restore(sessions);
	}

	private synchronized void restore(Map<String, StoredSession> sessions) {
		this.sessions.clear();
		this.sessions.putAll(sessions);
	}

}
