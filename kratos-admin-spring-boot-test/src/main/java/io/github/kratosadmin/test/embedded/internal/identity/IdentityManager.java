package io.github.kratosadmin.test.embedded.internal.identity;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.schema.ExtensionValues;
import io.github.kratosadmin.test.embedded.internal.schema.ExtensionValues.Address;
import io.github.kratosadmin.test.embedded.internal.schema.SchemaStore;
import io.github.kratosadmin.test.embedded.internal.text.GoText;
import io.github.kratosadmin.test.embedded.internal.text.GoTime;
import io.github.kratosadmin.test.embedded.internal.text.Identifiers;
import io.github.kratosadmin.test.embedded.internal.text.Ids;
import io.github.kratosadmin.test.embedded.internal.text.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates and updates identities according to their schemas, and deletes them.
 */
public final class IdentityManager {

	private final KratosEra era;

	private final SchemaStore schemas;

	private final IdentityStore identities;

	private final Supplier<String> ids;

	private final Clock clock;

	private final List<Consumer<String>> deletionListeners = new ArrayList<>();

	public IdentityManager(KratosEra era, SchemaStore schemas, IdentityStore identities, Supplier<String> ids,
			Clock clock) {
		this.era = era;
		this.schemas = schemas;
		this.identities = identities;
		this.ids = ids;
		this.clock = clock;
	}

	/**
	 * Creates an identity.
	 * @param input its data
	 * @param addressStatus the status of its verifiable addresses
	 * @return the identity
	 * @throws ErrorResponseException if the schema is unknown, the traits are not valid,
	 * or another identity has one of its addresses or identifiers
	 */
	public StoredIdentity create(IdentityInput input, String addressStatus) {
		StoredIdentity identity = validate(draft(input), input, addressStatus);
		try {
			this.identities.add(identity);
		}
		catch (UniqueViolationException ex) {
			throw ex.whenCreating(this.era);
		}
		return identity;
	}

	/**
	 * Creates an identity whose traits are not validated yet.
	 * @throws ErrorResponseException if there are no traits in an era that requires them
	 */
	StoredIdentity draft(IdentityInput input) {
		Instant now = now();
		StoredIdentity.State state = new StoredIdentity.State(
				input.state().isEmpty() ? StoredIdentity.State.ACTIVE : input.state(), this.clock.instant());
		String schemaId = input.schemaId().isEmpty() ? SchemaStore.DEFAULT_ID : input.schemaId();
		return new StoredIdentity(this.ids.get(), schemaId, require(input.traits()), state, input.details(),
				input.credentials().addTo(Credentials.NONE), List.of(), List.of(), now, now);
	}

	/**
	 * Validates a draft.
	 * @throws ErrorResponseException if the schema is unknown or the traits are not valid
	 */
	StoredIdentity validate(StoredIdentity draft, IdentityInput input, String addressStatus) {
		KnownAddresses known = new KnownAddresses(input.verifiableAddresses(), input.recoveryAddresses(), addressStatus,
				false);
		return complete(draft, Credentials.NONE, known, now());
	}

	/**
	 * Updates an identity.
	 * @param id its id
	 * @param input its data
	 * @return the updated identity
	 * @throws ErrorResponseException if there is no such identity or schema, the traits
	 * are not valid, or another identity has one of its addresses or identifiers
	 */
	StoredIdentity update(String id, IdentityInput input) {
		return store(id, (existing) -> update(existing, input));
	}

	private StoredIdentity update(StoredIdentity existing, IdentityInput input) {
		boolean newState = !input.state().isEmpty() && !input.state().equals(existing.state().value());
		StoredIdentity wanted = new StoredIdentity(existing.id(),
				input.schemaId().isEmpty() ? existing.schemaId() : input.schemaId(), require(input.traits()),
				newState ? new StoredIdentity.State(input.state(), this.clock.instant()) : existing.state(),
				input.details().inOrganization(existing.details().organizationId()),
				input.credentials().addTo(existing.credentials()), existing.verifiableAddresses(),
				existing.recoveryAddresses(), existing.createdAt(), existing.updatedAt());
		return complete(wanted, existing, KnownAddresses.NONE);
	}

	/**
	 * Changes an identity.
	 * @param id its id
	 * @param patch patches the identity
	 * @return the changed identity
	 * @throws ErrorResponseException as {@link #update(String, IdentityInput)} does
	 */
	StoredIdentity patch(String id, Function<StoredIdentity, PatchedIdentity> patch) {
		return store(id, (existing) -> {
			PatchedIdentity patched = patch.apply(existing);
			return complete(patched.identity(), existing,
					new KnownAddresses(patched.verifiableAddresses(), patched.recoveryAddresses(), "pending", true));
		});
	}

	/**
	 * Changes the credentials of an identity.
	 * @param id its id
	 * @param change changes the credentials
	 * @throws ErrorResponseException if there is no such identity, or its traits are no
	 * longer valid
	 */
	void changeCredentials(String id, UnaryOperator<Credentials> change) {
		store(id, (existing) -> complete(existing.withCredentials(change.apply(existing.credentials())), existing,
				KnownAddresses.NONE));
	}

	/**
	 * Deletes an identity, and calls the listeners.
	 * @param id its id
	 * @throws ErrorResponseException if there is no such identity
	 */
	void delete(@Nullable String id) {
		StoredIdentity identity = this.identities.get(id);
		this.identities.remove(identity.id());
		this.deletionListeners.forEach((listener) -> listener.accept(identity.id()));
	}

	/**
	 * Adds a listener.
	 * @param listener receives the id of each deleted identity
	 */
	public void onDelete(Consumer<String> listener) {
		this.deletionListeners.add(listener);
	}

	private StoredIdentity store(String id, UnaryOperator<StoredIdentity> change) {
		try {
			return this.identities.update(id, change);
		}
		catch (UniqueViolationException ex) {
			throw ex.whenUpdating(this.era);
		}
	}

	private JsonNode require(@Nullable JsonNode traits) {
		if (traits != null) {
			return traits;
		}
		if (IdentityRules.treatsMissingTraitsAsEmpty(this.era)) {
			return Json.object();
		}
		// Kratos builds the document to validate from text, which is missing here.
		throw new ErrorResponseException(500, "invalid character '}' looking for beginning of value");
	}

	private StoredIdentity complete(StoredIdentity wanted, StoredIdentity existing, KnownAddresses known) {
		Instant now = now();
		StoredIdentity complete = complete(wanted, existing.credentials(), known, now);
		return IdentityRules.setsTimeOfUpdate(this.era) ? complete.trimmed().updatedAt(now) : complete;
	}

	/**
	 * Validates the traits, and derives identifiers and addresses from them.
	 * @param wanted the identity, with its addresses so far
	 * @param stored its credentials so far
	 * @param known the addresses in the request
	 * @param now the time
	 */
	private StoredIdentity complete(StoredIdentity wanted, Credentials stored, KnownAddresses known, Instant now) {
		ExtensionValues values = this.schemas.get(wanted.schemaId()).validate(wanted.traits(), this.era);
		// In these eras only the database compares verifiable addresses.
		Collection<Address> verifiable = IdentityRules.keepsSpellingOfVerifiableAddresses(this.era)
				? values.verifiable() : addresses(values.verifiable());
		List<StoredVerifiableAddress> verifiableAddresses = verifiable.stream()
			.map((address) -> verifiableAddress(wanted, address, known, now))
			.sorted(Comparator.comparing(StoredVerifiableAddress::id))
			.toList();
		List<StoredRecoveryAddress> recoveryAddresses = addresses(values.recovery()).stream()
			.map((address) -> recoveryAddress(wanted, address, known, now))
			.sorted(Comparator.comparing(StoredRecoveryAddress::id))
			.toList();
		return new StoredIdentity(wanted.id(), wanted.schemaId(), values.traits(), wanted.state(), wanted.details(),
				credentials(wanted, values, stored, now), verifiableAddresses, recoveryAddresses, wanted.createdAt(),
				wanted.updatedAt());
	}

	/**
	 * The addresses in the traits, with one spelling of each.
	 */
	private Collection<Address> addresses(Collection<Address> values) {
		Map<Address, Address> spellings = new LinkedHashMap<>();
		values.forEach((value) -> spellings.putIfAbsent(normalize(value), value));
		return spellings.values();
	}

	private Address normalize(Address address) {
		return IdentityRules.lowersAddresses(this.era)
				? new Address(address.via(), Identifiers.normalize(address.value(), this.era)) : address;
	}

	private Credentials credentials(StoredIdentity wanted, ExtensionValues values, Credentials stored, Instant now) {
		Credentials credentials = wanted.credentials();
		// Identifiers stay if the new schema has none.
		for (Map.Entry<String, Set<String>> entry : values.identifiers().entrySet()) {
			if (entry.getValue().stream().map(GoText::trim).anyMatch(String::isEmpty)) {
				throw noIdentifier();
			}
			Credential existing = credentials.find(entry.getKey());
			Credential credential = ((existing != null) ? existing
					: Credential.of(entry.getKey(), List.of(), Json.object()))
				.identifiedBy(List.copyOf(entry.getValue()));
			credentials = credentials.with(credential.type().equals(Credential.CODE)
					? credential.withConfig(addressesOfCodes(values.codeChannels())) : credential);
		}
		return credentials.map((credential) -> {
			Credential before = stored.find(credential.type());
			Credential upgraded = IdentityRules.upgradesCredentials(this.era) ? credential.upgraded(wanted.id())
					: credential;
			boolean same = before != null && before.hasSameContent(upgraded.trimmed());
			return (same && !IdentityRules.rewritesCredentialsOnUpdate(this.era)) ? before
					: identify(upgraded.storedAt(now), wanted.id());
		});
	}

	private Credential identify(Credential credential, String identityId) {
		return IdentityRules.upgradesCredentials(this.era) ? credential.identifiedIn(identityId) : credential;
	}

	private ErrorResponseException noIdentifier() {
		String reason = "Unable to create identity credentials with missing or empty identifier.";
		return IdentityRules.reportsConfigurationForEmptyIdentifiers(this.era)
				? new ErrorResponseException(500, "Invalid configuration").withId("invalid_configuration")
					.withReason(reason)
				: ErrorResponseException.internal(reason);
	}

	private static JsonNode addressesOfCodes(Map<String, String> channels) {
		ObjectNode config = Json.object();
		ArrayNode addresses = config.putArray("addresses");
		new TreeMap<>(channels)
			.forEach((address, channel) -> addresses.addObject().put("channel", channel).put("address", address));
		return config;
	}

	private StoredVerifiableAddress verifiableAddress(StoredIdentity wanted, Address trait, KnownAddresses known,
			Instant now) {
		Address kept = normalize(trait);
		StoredVerifiableAddress existing = find(wanted.verifiableAddresses(),
				(address) -> kept.equals(new Address(address.via(), address.value())));
		JsonNode given = known.verifiable(trait, this.era);
		if (given == null && existing != null && !known.complete()) {
			return IdentityRules.rewritesAddressesOnUpdate(this.era) ? existing.updatedAt(now) : existing;
		}
		StoredVerifiableAddress address = (given != null) ? verifiableAddress(kept, given, now)
				: new StoredVerifiableAddress(this.ids.get(), kept.via(), kept.value(), known.status(), false, null,
						now, now);
		return (existing != null && existing.isSame(address)) ? existing : address;
	}

	private StoredVerifiableAddress verifiableAddress(Address address, JsonNode given, Instant now) {
		boolean verified = given.path("verified").asBoolean(false);
		return new StoredVerifiableAddress(id(given), address.via(), address.value(), status(given, verified), verified,
				verifiedAt(given, verified), Json.instant(given.path("created_at"), now), now);
	}

	private String status(JsonNode given, boolean verified) {
		String status = given.path("status").asString("");
		if (!status.isEmpty() || !IdentityRules.completesImportedAddresses(this.era)) {
			return status;
		}
		return verified ? "completed" : "pending";
	}

	private @Nullable Instant verifiedAt(JsonNode given, boolean verified) {
		if (!verified && IdentityRules.dropsTimeOfUnverifiedAddresses(this.era)) {
			return null;
		}
		if (given.hasNonNull("verified_at")) {
			return Json.instant(given.path("verified_at"), GoTime.ZERO);
		}
		return (verified && IdentityRules.completesImportedAddresses(this.era)) ? this.clock.instant() : null;
	}

	private StoredRecoveryAddress recoveryAddress(StoredIdentity wanted, Address trait, KnownAddresses known,
			Instant now) {
		Address kept = normalize(trait);
		StoredRecoveryAddress existing = find(wanted.recoveryAddresses(),
				(address) -> kept.equals(new Address(address.via(), address.value())));
		if (existing != null) {
			return IdentityRules.rewritesAddressesOnUpdate(this.era) ? existing.updatedAt(now) : existing;
		}
		JsonNode given = known.recovery(trait, this.era);
		return (given != null)
				? new StoredRecoveryAddress(id(given), kept.via(), kept.value(),
						Json.instant(given.path("created_at"), now), now)
				: new StoredRecoveryAddress(this.ids.get(), kept.via(), kept.value(), now, now);
	}

	private String id(JsonNode given) {
		String id = Ids.parse(given.path("id").asString(""));
		return (id != null) ? id : this.ids.get();
	}

	private static <T> @Nullable T find(List<T> addresses, Predicate<T> same) {
		return addresses.stream().filter(same).findFirst().orElse(null);
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

}
