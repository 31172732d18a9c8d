package io.github.kratosadmin.identity;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * An address of an identity that can be verified.
 *
 * @param id the id of the address
 * @param value the address
 * @param verified whether it is verified
 * @param via how it is reached, such as {@code email} or {@code sms}
 * @param status how far the verification is, such as {@code pending}, {@code sent} or
 * {@code completed}
 * @param verifiedAt when it was verified
 * @param createdAt when it was created
 * @param updatedAt when it was changed last
 */
public record VerifiableAddress(@JsonProperty("id") @Nullable String id, @JsonProperty("value") @Nullable String value,
		@JsonProperty("verified") boolean verified, @JsonProperty("via") @Nullable String via,
		@JsonProperty("status") @Nullable String status, @JsonProperty("verified_at") @Nullable Instant verifiedAt,
		@JsonProperty("created_at") @Nullable Instant createdAt,
		@JsonProperty("updated_at") @Nullable Instant updatedAt) {

}
