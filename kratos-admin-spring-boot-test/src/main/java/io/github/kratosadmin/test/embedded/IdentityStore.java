package io.github.kratosadmin.test.embedded;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * The identities of a server, in the order of their ids. Keeps unique what the database
 * of Kratos keeps unique.
 */
final class IdentityStore {

	private final TreeMap<String, Identity> identities = new TreeMap<>();

	private final Map<UniqueValue, String> owners = new HashMap<>();

	/**
	 * Adds an identity.
	 * @throws UniqueViolationException if another one has one of its addresses or
	 * identifiers
	 */
	synchronized void add(Identity identity) {
		checkUnique(identity);
		put(identity);
	}

	/**
	 * Replaces an identity by what the change makes of it.
	 * @throws KratosError if there is no such identity
	 * @throws UniqueViolationException if another one has one of the new addresses or
	 * identifiers
	 */
	synchronized Identity update(String id, UnaryOperator<Identity> change) {
		Identity existing = get(id);
		Identity updated = change.apply(existing);
		checkUnique(updated);
		uniqueValues(existing).forEach(this.owners::remove);
		put(updated);
		return updated;
	}

	/**
	 * Removes an identity.
	 * @throws KratosError if there is no such identity
	 */
	synchronized void remove(String id) {
		Identity removed = get(id);
		uniqueValues(removed).forEach(this.owners::remove);
		this.identities.remove(removed.id());
	}

	/**
	 * Finds an identity.
	 * @throws KratosError if there is no such identity
	 */
	synchronized Identity get(@Nullable String id) {
		Identity identity = (id != null) ? this.identities.get(id) : null;
		if (identity == null) {
			throw KratosError.noSuchRow();
		}
		return identity;
	}

	synchronized List<Identity> list() {
		return List.copyOf(this.identities.values());
	}

	synchronized int count() {
		return this.identities.size();
	}

	synchronized void clear() {
		this.identities.clear();
		this.owners.clear();
	}

	private void put(Identity identity) {
		this.identities.put(identity.id(), identity);
		uniqueValues(identity).forEach((value) -> this.owners.put(value, identity.id()));
	}

	private void checkUnique(Identity identity) {
		for (UniqueValue value : uniqueValues(identity)) {
			String owner = this.owners.get(value);
			if (owner != null && !owner.equals(identity.id())) {
				throw new UniqueViolationException(value.columns());
			}
		}
	}

	private static List<UniqueValue> uniqueValues(Identity identity) {
		List<UniqueValue> values = new ArrayList<>();
		identity.verifiableAddresses().forEach((address) -> values.add(UniqueValue.verifiable(address.value())));
		identity.recoveryAddresses().forEach((address) -> values.add(UniqueValue.recovery(address.value())));
		identity.password().identifiers().forEach((identifier) -> values.add(UniqueValue.identifier(identifier)));
		String externalId = identity.details().externalId();
		if (externalId != null) {
			values.add(new UniqueValue("identities.nid, identities.external_id", externalId));
		}
		return values;
	}

	private record UniqueValue(String columns, String value) {

		static UniqueValue verifiable(String email) {
			return address("identity_verifiable_addresses", email);
		}

		static UniqueValue recovery(String email) {
			return address("identity_recovery_addresses", email);
		}

		static UniqueValue identifier(String identifier) {
			return new UniqueValue("identity_credential_identifiers.nid, identity_credential_identifiers.identifier",
					identifier);
		}

		private static UniqueValue address(String table, String email) {
			return new UniqueValue("%1$s.nid, %1$s.via, %1$s.value".formatted(table), email);
		}

	}

}
