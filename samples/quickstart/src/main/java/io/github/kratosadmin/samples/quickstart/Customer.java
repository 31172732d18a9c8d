package io.github.kratosadmin.samples.quickstart;

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

	static Customer of(Identity identity) {
		CustomerTraits traits = identity.traitsAs(CustomerTraits.class);
		return new Customer(identity.id(), traits.email(), traits.name());
	}

}
