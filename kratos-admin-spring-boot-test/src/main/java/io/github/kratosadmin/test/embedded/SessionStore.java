package io.github.kratosadmin.test.embedded;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

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

	@Nullable IssuedSession find(@Nullable String token) {
		return this.sessions.stream().filter((session) -> session.token().equals(token)).findFirst().orElse(null);
	}

	void removeOf(String identityId) {
		this.sessions.removeIf((session) -> session.identityId().equals(identityId));
	}

	void clear() {
		this.sessions.clear();
	}

}
