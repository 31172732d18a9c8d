package io.github.kratosadmin.samples.quickstart;

import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.kratosadmin.identity.Identity;
import org.jspecify.annotations.Nullable;

/**
 * A customer as this service shows it.
 *
 * @param id the id of the customer
 * @param email the address that the customer signs in with
 * @param name the customer's name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Customer(String id, String email, CustomerTraits.@Nullable Name name) {

	/**
	 * An identity as a customer.
	 * @param identity the identity
	 * @return the customer, or empty if the identity is no customer: other services may
	 * have identities with other schemas in the same Kratos
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
