package io.github.kratosadmin.samples.quickstart;

import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.kratosadmin.identity.Identity;
import org.jspecify.annotations.Nullable;

/**
 * A customer in the responses of this service.
 *
 * @param id the customer ID
 * @param email the sign-in address of the customer
 * @param name the customer's name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Customer(String id, String email, CustomerTraits.@Nullable Name name) {

	/**
	 * Converts an identity to a customer.
	 * @param identity the identity
	 * @return the customer, or empty if the identity belongs to another service with
	 * another schema
	 */
	static Optional<Customer> of(Identity identity) {
		try {
			CustomerTraits traits = identity.traitsAs(CustomerTraits.class);
			return Optional.ofNullable(traits.email())
				.map((email) -> new Customer(identity.id(), email, traits.name()));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

}
