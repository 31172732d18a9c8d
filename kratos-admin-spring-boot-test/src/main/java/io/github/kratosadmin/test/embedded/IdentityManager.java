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

	private final SchemaStore schemas;

	private final IdentityStore identities;

	private final Supplier<String> ids;

	private final Clock clock;

	IdentityManager(SchemaStore schemas, IdentityStore identities, Supplier<String> ids, Clock clock) {
		this.schemas = schemas;
		this.identities = identities;
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * Creates an identity.
	 * @param schemaId the id of its schema; empty for the default one
	 * @param traits its traits, if there are any
	 * @param addressStatus the status of its verifiable addresses
	 * @return the identity
	 * @throws KratosError if the schema is unknown, the traits are not valid, or another
	 * identity has one of its addresses or identifiers
	 */
	Identity create(@Nullable String schemaId, @Nullable JsonNode traits, String addressStatus) {
		IdentitySchema schema = this.schemas.get(schemaId);
		JsonNode validTraits = require(traits);
		ExtensionValues values = schema.validate(validTraits);
		Instant now = now();
		Identity blank = new Identity(this.ids.get(), schema.id(), validTraits, Set.of(), List.of(), List.of(), now);
		Identity identity = withValues(blank, values, addressStatus, now);
		this.identities.add(identity);
		return identity;
	}

	/**
	 * Updates an identity.
	 * @param id its id
	 * @param schemaId the id of its new schema; empty to keep the one it has
	 * @param traits its new traits, if there are any
	 * @return the updated identity
	 * @throws KratosError if there is no such identity or schema, the traits are not
	 * valid, or another identity has one of its addresses or identifiers
	 */
	Identity update(String id, @Nullable String schemaId, @Nullable JsonNode traits) {
		return this.identities.update(id, (existing) -> {
			IdentitySchema schema = this.schemas
				.get((schemaId == null || schemaId.isEmpty()) ? existing.schemaId() : schemaId);
			JsonNode validTraits = require(traits);
			ExtensionValues values = schema.validate(validTraits);
			Identity changed = new Identity(existing.id(), schema.id(), validTraits, existing.identifiers(),
					existing.verifiableAddresses(), existing.recoveryAddresses(), existing.createdAt());
			return withValues(changed, values, "pending", now());
		});
	}

	private static JsonNode require(@Nullable JsonNode traits) {
		if (traits == null) {
			// Kratos builds the document to validate from text, and this from no text.
			throw new KratosError(500, "invalid character '}' looking for beginning of value");
		}
		return traits;
	}

	private Identity withValues(Identity identity, ExtensionValues values, String addressStatus, Instant now) {
		// Identifiers stay if the new schema names none.
		Set<String> identifiers = values.identifiers().isEmpty() ? identity.identifiers() : values.identifiers();
		if (identifiers.contains("")) {
			throw KratosError.internal("Unable to create identity credentials with missing or empty identifier.");
		}
		List<VerifiableAddress> verifiableAddresses = values.verifiableEmails()
			.stream()
			.map((email) -> verifiableAddress(identity, email, addressStatus, now))
			.sorted(Comparator.comparing(VerifiableAddress::id))
			.toList();
		List<RecoveryAddress> recoveryAddresses = values.recoveryEmails()
			.stream()
			.map((email) -> recoveryAddress(identity, email, now))
			.sorted(Comparator.comparing(RecoveryAddress::id))
			.toList();
		return new Identity(identity.id(), identity.schemaId(), identity.traits(), identifiers, verifiableAddresses,
				recoveryAddresses, identity.createdAt());
	}

	private VerifiableAddress verifiableAddress(Identity identity, String email, String status, Instant now) {
		return identity.verifiableAddresses()
			.stream()
			.filter((address) -> address.value().equals(email))
			.findFirst()
			.map((address) -> address.updatedAt(now))
			.orElseGet(() -> new VerifiableAddress(this.ids.get(), email, status, now, now));
	}

	private RecoveryAddress recoveryAddress(Identity identity, String email, Instant now) {
		return identity.recoveryAddresses()
			.stream()
			.filter((address) -> address.value().equals(email))
			.findFirst()
			.map((address) -> address.updatedAt(now))
			.orElseGet(() -> new RecoveryAddress(this.ids.get(), email, now, now));
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

}
