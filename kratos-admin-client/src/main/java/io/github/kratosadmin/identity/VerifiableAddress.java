package io.github.kratosadmin.identity;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
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
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VerifiableAddress(@JsonProperty("id") @Nullable String id, @JsonProperty("value") @Nullable String value,
		@JsonProperty("verified") boolean verified, @JsonProperty("via") @Nullable String via,
		@JsonProperty("status") @Nullable String status, @JsonProperty("verified_at") @Nullable Instant verifiedAt,
		@JsonProperty("created_at") @Nullable Instant createdAt,
		@JsonProperty("updated_at") @Nullable Instant updatedAt) {

	private static final String PENDING = "pending";

	private static final String COMPLETED = "completed";

	/**
	 * An e-mail address for an identity to create. Kratos takes it over if the identity
	 * schema finds the same address in the traits.
	 * @param value the address
	 * @param verified whether it is verified already
	 * @return the address
	 */
	public static VerifiableAddress email(String value, boolean verified) {
		return of("email", value, verified);
	}

	/**
	 * A telephone number for an identity to create. Kratos takes it over if the identity
	 * schema finds the same number in the traits.
	 * @param value the number
	 * @param verified whether it is verified already
	 * @return the address
	 */
	public static VerifiableAddress sms(String value, boolean verified) {
		return of("sms", value, verified);
	}

	private static VerifiableAddress of(String via, String value, boolean verified) {
		return new VerifiableAddress(null, value, verified, via, verified ? COMPLETED : PENDING, null, null, null);
	}

	/**
	 * Shows no personal data.
	 */
	@Override
	public String toString() {
		return "VerifiableAddress[id=" + this.id + ", via=" + this.via + ", verified=" + this.verified + ", status="
				+ this.status + "]";
	}

}
