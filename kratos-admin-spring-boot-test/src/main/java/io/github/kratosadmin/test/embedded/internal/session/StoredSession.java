package io.github.kratosadmin.test.embedded.internal.session;

import java.time.Instant;

import io.github.kratosadmin.test.embedded.IssuedSession;
import io.github.kratosadmin.test.embedded.internal.paging.TokenPaging;

/**
 * A session.
 *
 * @param issued what whoever signed in has of it
 * @param active whether it was not disabled
 * @param issuedAt when it was issued
 * @param expiresAt when it expires
 * @param deviceId the id of the device it was issued to
 */
public record StoredSession(IssuedSession issued, boolean active, Instant issuedAt, Instant expiresAt,
		String deviceId) implements TokenPaging.Item {

	@Override
	public String id() {
		return this.issued.id();
	}

	@Override
	public Instant createdAt() {
		return this.issuedAt;
	}

	String identityId() {
		return this.issued.identityId();
	}

	/**
	 * Whether it is good at a time, as long as its identity is active.
	 */
	boolean isActive(Instant now) {
		return this.active && this.expiresAt.isAfter(now);
	}

	StoredSession disabled() {
		return new StoredSession(this.issued, false, this.issuedAt, this.expiresAt, this.deviceId);
	}

	StoredSession expiringAt(Instant expiresAt) {
		return new StoredSession(this.issued, this.active, this.issuedAt, expiresAt, this.deviceId);
	}

}
