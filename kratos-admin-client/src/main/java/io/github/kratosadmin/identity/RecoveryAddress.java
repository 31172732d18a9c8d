package io.github.kratosadmin.identity;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
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
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecoveryAddress(@JsonProperty("id") @Nullable String id, @JsonProperty("value") @Nullable String value,
		@JsonProperty("via") @Nullable String via, @JsonProperty("created_at") @Nullable Instant createdAt,
		@JsonProperty("updated_at") @Nullable Instant updatedAt) {

	/**
	 * An e-mail address for an identity to create. Kratos takes it over if the identity
	 * schema finds the same address in the traits.
	 * @param value the address
	 * @return the address
	 */
	public static RecoveryAddress email(String value) {
		return new RecoveryAddress(null, value, "email", null, null);
	}

	/**
	 * Shows no personal data.
	 */
	@Override
	public String toString() {
		return "RecoveryAddress[id=" + this.id + ", via=" + this.via + "]";
	}

}
