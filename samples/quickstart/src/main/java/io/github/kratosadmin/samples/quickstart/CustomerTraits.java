package io.github.kratosadmin.samples.quickstart;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * The traits of a customer in the identity schema.
 *
 * @param email the sign-in address of the customer
 * @param name the customer's name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CustomerTraits(@Email @NotBlank String email, @Valid @Nullable Name name) {

	/**
	 * The name of a customer.
	 *
	 * @param first the first name
	 * @param last the last name
	 */
	record Name(@NotNull String first, @NotNull String last) {

	}

}
