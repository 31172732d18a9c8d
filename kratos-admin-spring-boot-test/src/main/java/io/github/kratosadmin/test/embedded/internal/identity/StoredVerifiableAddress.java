package io.github.kratosadmin.test.embedded.internal.identity;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * An address of an identity that can be verified. A create or a patch can mark it as
 * verified; nothing else does.
 *
 * @param id the id
 * @param via the channel of messages: {@code email}, {@code sms} or {@code phone}
 * @param value the address
 * @param status {@code pending}, {@code sent} once Kratos has sent a message, or
 * {@code completed}
 * @param verified whether it was verified
 * @param verifiedAt when it was verified, or null
 * @param createdAt when it was first stored
 * @param updatedAt when it was last stored
 */
public record StoredVerifiableAddress(String id, String via, String value, String status, boolean verified,
		@Nullable Instant verifiedAt, Instant createdAt, Instant updatedAt) {

	/**
	 * Whether another address is equal, apart from the ids and the times of storage.
	 */
	boolean isSame(StoredVerifiableAddress other) {
		return this.via.equals(other.via) && this.value.equals(other.value) && this.status.equals(other.status)
				&& this.verified == other.verified && Objects.equals(this.verifiedAt, other.verifiedAt);
	}

	StoredVerifiableAddress updatedAt(Instant now) {
		return new StoredVerifiableAddress(this.id, this.via, this.value, this.status, this.verified, this.verifiedAt,
				this.createdAt, now);
	}

}
