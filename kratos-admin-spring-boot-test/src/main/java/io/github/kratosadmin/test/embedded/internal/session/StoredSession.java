package io.github.kratosadmin.test.embedded.internal.session;

import java.time.Instant;

import io.github.kratosadmin.test.embedded.internal.paging.TokenPaging;

/**
 * A session. {@link #toString()} leaves out the token.
 *
 * @param id the id
 * @param identityId the id of the identity that is signed in
 * @param token the session token, a secret
 * @param active whether it is not disabled
 * @param issuedAt when it was issued
 * @param expiresAt when it expires
 * @param deviceId the id of the device it was issued to
 */
public record StoredSession(String id, String identityId, String token, boolean active, Instant issuedAt,
		Instant expiresAt, String deviceId) implements TokenPaging.Item {

	@Override
	public Instant createdAt() {
		return this.issuedAt;
	}

	/**
	 * Whether it is neither disabled nor expired at a time.
	 */
	boolean isActive(Instant now) {
		return this.active && this.expiresAt.isAfter(now);
	}

	StoredSession disabled() {
		return new StoredSession(this.id, this.identityId, this.token, false, this.issuedAt, this.expiresAt,
				this.deviceId);
	}

	StoredSession expiringAt(Instant expiresAt) {
		return new StoredSession(this.id, this.identityId, this.token, this.active, this.issuedAt, expiresAt,
				this.deviceId);
	}

	@Override
	public String toString() {
		return "StoredSession[id=" + this.id + ", identityId=" + this.identityId + "]";
	}

}
