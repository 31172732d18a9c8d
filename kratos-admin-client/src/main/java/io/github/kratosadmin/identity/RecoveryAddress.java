package io.github.kratosadmin.identity;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * An address that an identity's account can be recovered with.
 *
 * @param id the id of the address
 * @param value the address
 * @param via how it is reached, such as {@code email}
 * @param createdAt when it was created
 * @param updatedAt when it was changed last
 */
public record RecoveryAddress(@JsonProperty("id") @Nullable String id, @JsonProperty("value") @Nullable String value,
		@JsonProperty("via") @Nullable String via, @JsonProperty("created_at") @Nullable Instant createdAt,
		@JsonProperty("updated_at") @Nullable Instant updatedAt) {

}
