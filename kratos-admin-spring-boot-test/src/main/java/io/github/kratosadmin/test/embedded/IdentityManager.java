package io.github.kratosadmin.test.embedded;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Creates and updates identities as their schemas tell.
 */
final class IdentityManager {

	private final KratosEra era;

	private final SchemaStore schemas;

	private final IdentityStore identities;

	private final Supplier<String> ids;

	private final Clock clock;

	IdentityManager(KratosEra era, SchemaStore schemas, IdentityStore identities, Supplier<String> ids, Clock clock) {
		this.era = era;
		this.schemas = schemas;
		this.identities = identities;
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * Creates an identity.
	 * @param input what it is to be
	 * @param addressStatus the status of its verifiable addresses
	 * @return the identity
	 * @throws KratosError if the schema is unknown, the traits are not valid, or another
	 * identity has one of its addresses or identifiers
	 */
	Identity create(IdentityInput input, String addressStatus) {
		IdentitySchema schema = this.schemas.get(input.schemaId());
		JsonNode traits = require(input.traits());
		ExtensionValues values = schema.validate(traits);
		Instant now = now();
		Identity.State state = new Identity.State(input.state().isEmpty() ? Identity.State.ACTIVE : input.state(),
				this.clock.instant());
		Identity blank = new Identity(this.ids.get(), schema.id(), traits, state, input.details(),
				new PasswordCredential(Set.of(), input.passwordHash(), now, now), List.of(), List.of(), now, now);
		Identity identity = withValues(blank, values, new AddressImport(input.verifiableAddresses(), addressStatus),
				now);
		try {
			this.identities.add(identity);
		}
		catch (UniqueViolationException ex) {
			throw ex.whenCreating(this.era);
		}
		return identity;
	}

	/**
	 * Updates an identity.
	 * @param id its id
	 * @param input what it is to be
	 * @return the updated identity
	 * @throws KratosError if there is no such identity or schema, the traits are not
	 * valid, or another identity has one of its addresses or identifiers
	 */
	Identity update(String id, IdentityInput input) {
		try {
			return this.identities.update(id, (existing) -> update(existing, input));
		}
		catch (UniqueViolationException ex) {
			throw ex.whenUpdating(this.era);
		}
	}

	private Identity update(Identity existing, IdentityInput input) {
		IdentitySchema schema = this.schemas.get(input.schemaId().isEmpty() ? existing.schemaId() : input.schemaId());
		JsonNode traits = require(input.traits());
		ExtensionValues values = schema.validate(traits);
		Instant now = now();
		boolean newState = !input.state().isEmpty() && !input.state().equals(existing.state().value());
		PasswordCredential password = existing.password();
		Identity changed = new Identity(existing.id(), schema.id(), traits,
				newState ? new Identity.State(input.state(), this.clock.instant()) : existing.state(),
				input.details().inOrganization(existing.details().organizationId()),
				new PasswordCredential(password.identifiers(),
						(input.passwordHash() != null) ? input.passwordHash() : password.hash(), password.createdAt(),
						this.era.storesCredentialsAnewOnUpdate() ? now : password.updatedAt()),
				existing.verifiableAddresses(), existing.recoveryAddresses(), existing.createdAt(),
				this.era.touchesIdentitiesOnUpdate() ? now : existing.updatedAt());
		return withValues(changed, values, new AddressImport(null, "pending"), now);
	}

	private JsonNode require(@Nullable JsonNode traits) {
		if (traits != null) {
			return traits;
		}
		if (this.era.takesNoTraitsForEmptyTraits()) {
			return Json.object();
		}
		// Kratos builds the document to validate from text, and this from no text.
		throw new KratosError(500, "invalid character '}' looking for beginning of value");
	}

	private Identity withValues(Identity identity, ExtensionValues values, AddressImport imported, Instant now) {
		PasswordCredential password = identity.password();
		// Identifiers stay if the new schema names none.
		Set<String> identifiers = values.identifiers().isEmpty() ? password.identifiers() : values.identifiers();
		if (identifiers.contains("")) {
			throw KratosError.internal("Unable to create identity credentials with missing or empty identifier.");
		}
		List<VerifiableAddress> verifiableAddresses = values.verifiableEmails()
			.stream()
			.map((email) -> verifiableAddress(identity, email, imported, now))
			.sorted(Comparator.comparing(VerifiableAddress::id))
			.toList();
		List<RecoveryAddress> recoveryAddresses = values.recoveryEmails()
			.stream()
			.map((email) -> recoveryAddress(identity, email, now))
			.sorted(Comparator.comparing(RecoveryAddress::id))
			.toList();
		return new Identity(identity.id(), identity.schemaId(), identity.traits(), identity.state(), identity.details(),
				new PasswordCredential(identifiers, password.hash(), password.createdAt(), password.updatedAt()),
				verifiableAddresses, recoveryAddresses, identity.createdAt(), identity.updatedAt());
	}

	private VerifiableAddress verifiableAddress(Identity identity, String email, AddressImport imported, Instant now) {
		return identity.verifiableAddresses()
			.stream()
			.filter((address) -> address.value().equals(email))
			.findFirst()
			.map((address) -> this.era.storesAddressesAnewOnUpdate() ? address.updatedAt(now) : address)
			.orElseGet(() -> new VerifiableAddress(this.ids.get(), email, imported.status(email),
					imported.verified(email), (imported.verified(email) && this.era.datesVerificationOfNewAddresses())
							? this.clock.instant() : null,
					now, now));
	}

	private RecoveryAddress recoveryAddress(Identity identity, String email, Instant now) {
		return identity.recoveryAddresses()
			.stream()
			.filter((address) -> address.value().equals(email))
			.findFirst()
			.map((address) -> this.era.storesAddressesAnewOnUpdate() ? address.updatedAt(now) : address)
			.orElseGet(() -> new RecoveryAddress(this.ids.get(), email, now, now));
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	/**
	 * What is known about new verifiable addresses.
	 *
	 * @param addresses an array of addresses, if there is one
	 * @param status the status of all others
	 */
	private record AddressImport(@Nullable JsonNode addresses, String status) {

		String status(String email) {
			String status = find(email).path("status").asString("");
			return status.isEmpty() ? this.status : status;
		}

		boolean verified(String email) {
			return find(email).path("verified").asBoolean(false);
		}

		private JsonNode find(String email) {
			if (this.addresses != null) {
				for (JsonNode address : this.addresses) {
					if (address.path("value").asString("").equals(email)) {
						return address;
					}
				}
			}
			return Json.object();
		}

	}

}
