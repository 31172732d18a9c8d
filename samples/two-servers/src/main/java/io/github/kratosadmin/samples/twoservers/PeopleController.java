package io.github.kratosadmin.samples.twoservers;

import java.time.Duration;
import java.util.Map;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.IdentityApi;
import io.github.kratosadmin.recovery.Invitation;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Registers customers and invites staff, each on their own server.
 */
@RestController
class PeopleController {

	private static final Duration INVITATION_LIFESPAN = Duration.ofHours(48);

	private final IdentityApi customers;

	private final KratosAdmin staff;

	PeopleController(@Qualifier("customers") IdentityApi customers, @Qualifier("staff") KratosAdmin staff) {
		this.customers = customers;
		this.staff = staff;
	}

	@PostMapping("/customers")
	@ResponseStatus(HttpStatus.CREATED)
	Registered register(@RequestBody Person person) {
		return new Registered(this.customers.createIdentity(identity(person)).id());
	}

	@PostMapping("/staff")
	@ResponseStatus(HttpStatus.CREATED)
	Registered invite(@RequestBody Person person) {
		// In a real service, send the code to the person, never to the caller.
		Invitation invitation = this.staff.inviteByCode(identity(person), INVITATION_LIFESPAN);
		return new Registered(invitation.identity().id());
	}

	private static CreateIdentity identity(Person person) {
		return CreateIdentity.builder().traits(Map.of("email", person.email())).build();
	}

	/**
	 * A new customer or a new member of staff.
	 *
	 * @param email the sign-in address
	 */
	record Person(String email) {

	}

	/**
	 * Who was registered.
	 *
	 * @param id the ID of the identity
	 */
	record Registered(String id) {

	}

}
