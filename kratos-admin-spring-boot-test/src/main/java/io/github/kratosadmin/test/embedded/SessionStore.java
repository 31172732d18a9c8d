package io.github.kratosadmin.test.embedded;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions of a server.
 */
final class SessionStore {

	private final Set<IssuedSession> sessions = ConcurrentHashMap.newKeySet();

	void add(IssuedSession session) {
		this.sessions.add(session);
	}

	boolean contains(IssuedSession session) {
		return this.sessions.contains(session);
	}

	void removeOf(String identityId) {
		this.sessions.removeIf((session) -> session.identityId().equals(identityId));
	}

	void clear() {
		this.sessions.clear();
	}

}
