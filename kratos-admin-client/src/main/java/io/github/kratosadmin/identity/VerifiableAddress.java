package io.github.kratosadmin.identity;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.kratosadmin.internal.json.KratosJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static com.fasterxml.jackson.annotation.JsonProperty.Access.WRITE_ONLY;

/**
 * An address of an identity that can be verified.
 * <p>
 * The constructor is not API: it gains a parameter whenever Kratos gains a field. Obtain
 * instances from the client or the methods here, in tests from the fixtures in the test
 * module.
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
 * @param additionalProperties what this version of the client does not know, by name;
 * kept out of {@link #toString()}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VerifiableAddress(@JsonProperty("id") @Nullable String id, @JsonProperty("value") @Nullable String value,
		@JsonProperty("verified") boolean verified, @JsonProperty("via") @Nullable String via,
		@JsonProperty("status") @Nullable String status, @JsonProperty("verified_at") @Nullable Instant verifiedAt,
		@JsonProperty("created_at") @Nullable Instant createdAt,
		@JsonProperty("updated_at") @Nullable Instant updatedAt,
		@JsonAnySetter @JsonProperty(access = WRITE_ONLY) Map<String, JsonNode> additionalProperties) {

	private static final String PENDING = "pending";

	private static final String COMPLETED = "completed";

	/**
	 * Reads what Kratos sent.
	 */
	public VerifiableAddress {
		additionalProperties = KratosJson.mapOf(additionalProperties);
	}

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
		return new VerifiableAddress(null, value, verified, via, verified ? COMPLETED : PENDING, null, null, null,
				Map.of());
	}

	/**
	 * The same address without what the client does not know of it.
	 */
	VerifiableAddress known() {
		return new VerifiableAddress(this.id, this.value, this.verified, this.via, this.status, this.verifiedAt,
				this.createdAt, this.updatedAt, Map.of());
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
