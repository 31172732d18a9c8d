package io.github.kratosadmin.test.embedded;

import java.time.Instant;

/**
 * An address that an identity can be recovered with.
 *
 * @param id the id
 * @param value the email address
 * @param createdAt when it was first stored
 * @param updatedAt when it was last stored
 */
record RecoveryAddress(String id, String value, Instant createdAt, Instant updatedAt) {

	RecoveryAddress updatedAt(Instant now) {
		return new RecoveryAddress(this.id, this.value, this.createdAt, now);
	}

}
