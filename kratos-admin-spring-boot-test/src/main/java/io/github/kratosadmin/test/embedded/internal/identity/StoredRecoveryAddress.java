package io.github.kratosadmin.test.embedded.internal.identity;

import java.time.Instant;

/**
 * An address for the recovery of an identity.
 *
 * @param id the id
 * @param via the channel of messages: {@code email} or {@code sms}
 * @param value the address
 * @param createdAt when it was first stored
 * @param updatedAt when it was last stored
 */
public record StoredRecoveryAddress(String id, String via, String value, Instant createdAt, Instant updatedAt) {

	StoredRecoveryAddress updatedAt(Instant now) {
		return new StoredRecoveryAddress(this.id, this.via, this.value, this.createdAt, now);
	}

}
