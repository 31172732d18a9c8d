package io.github.kratosadmin.test.embedded.internal.session;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.github.kratosadmin.test.embedded.IssuedSession;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a server, in the order in which they were issued.
 */
public final class SessionStore {

	private final Clock clock;

	private final Map<String, StoredSession> sessions = new LinkedHashMap<>();

	public SessionStore(Clock clock) {
		this.clock = clock;
	}

	public synchronized void add(StoredSession session) {
		this.sessions.put(session.id(), session);
	}

	/**
	 * Whether somebody can still do something with a session.
	 */
	public boolean isActive(IssuedSession session) {
		return session.equals(find(session.token()));
	}

	/**
	 * Finds the active session with a token.
	 */
	public synchronized @Nullable IssuedSession find(@Nullable String token) {
		return this.sessions.values()
			.stream()
			.filter((session) -> session.issued().token().equals(token) && session.isActive(this.clock.instant()))
			.map(StoredSession::issued)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Finds a session, be it active or not.
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
	 * Replaces a session by what the change makes of it.
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
	 * Removes the sessions of an identity.
	 * @return whether there was one
	 */
	public synchronized boolean removeOf(String identityId) {
		return this.sessions.values().removeIf((session) -> session.identityId().equals(identityId));
	}

	/**
	 * Remembers the sessions.
	 * @return brings them back, and no others
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
