package io.github.kratosadmin.samples.quickstart;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityPath;
import io.github.kratosadmin.identity.JsonPatch;
import io.github.kratosadmin.identity.ListIdentities;
import io.github.kratosadmin.paging.Page;
import io.github.kratosadmin.recovery.CreateRecoveryLink;
import io.github.kratosadmin.recovery.RecoveryLink;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Registers, lists, shows, renames and deletes customers, and issues recovery links.
 */
@RestController
@RequestMapping("/customers")
class CustomerController {

	private static final Duration RECOVERY_LINK_LIFESPAN = Duration.ofMinutes(30);

	private final KratosAdmin kratos;

	CustomerController(KratosAdmin kratos) {
		this.kratos = kratos;
	}

	@PostMapping
	ResponseEntity<Customer> register(@Valid @RequestBody CustomerTraits traits) {
		Identity identity = this.kratos.identities().createIdentity(CreateIdentity.builder().traits(traits).build());
		return ResponseEntity.created(URI.create("/customers/" + identity.id())).body(customer(identity));
	}

	@GetMapping
	CustomerPage list(@RequestParam(defaultValue = "20") @Min(1) @Max(250) int size,
			@RequestParam @Nullable String page) {
		Page<Identity> identities = identities(size, page);
		List<Customer> customers = identities.items()
			.stream()
			.flatMap((identity) -> Customer.of(identity).stream())
			.toList();
		return new CustomerPage(customers, identities.nextPageToken());
	}

	private Page<Identity> identities(int size, @Nullable String page) {
		try {
			ListIdentities query = ListIdentities.builder().pageSize(size).pageToken(page).build();
			return this.kratos.identities().listIdentities(query);
		}
		catch (IllegalArgumentException ex) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					"The page must be the next value of the previous page", ex);
		}
	}

	@GetMapping("/{id}")
	Customer show(@PathVariable UUID id) {
		return customer(identity(id));
	}

	@PutMapping("/{id}/name")
	Customer rename(@PathVariable UUID id, @Valid @RequestBody CustomerTraits.Name name) {
		// Keeps the other traits, even those unknown to this service.
		JsonPatch patch = JsonPatch.builder().add(IdentityPath.traits("name"), name).build();
		return customer(this.kratos.identities().patchIdentity(identity(id).id(), patch));
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(@PathVariable UUID id) {
		this.kratos.identities().deleteIdentity(identity(id).id());
	}

	@PostMapping("/{id}/recovery-link")
	RecoveryLinkForCustomer issueRecoveryLink(@PathVariable UUID id) {
		RecoveryLink link = this.kratos.recovery()
			.createRecoveryLink(
					CreateRecoveryLink.builder(identity(id).id()).expiresIn(RECOVERY_LINK_LIFESPAN).build());
		return new RecoveryLinkForCustomer(link.recoveryLink(), link.expiresAt());
	}

	/**
	 * Returns the identity of a customer. Other identities count as not found.
	 */
	private Identity identity(UUID id) {
		Identity identity = this.kratos.identities().getIdentity(id.toString());
		customer(identity);
		return identity;
	}

	private static Customer customer(Identity identity) {
		return Customer.of(identity).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

	/**
	 * One page of customers.
	 *
	 * @param customers the customers
	 * @param next the {@code page} parameter of the next page, to be URL-encoded;
	 * {@code null} on the last page
	 */
	record CustomerPage(List<Customer> customers, @Nullable String next) {

	}

	/**
	 * A recovery link for a customer.
	 *
	 * @param url the URL for the customer, a secret
	 * @param expiresAt the time when the link expires
	 */
	record RecoveryLinkForCustomer(String url, @Nullable Instant expiresAt) {

		@Override
		public String toString() {
			return "RecoveryLinkForCustomer[expiresAt=" + this.expiresAt + "]";
		}

	}

}
