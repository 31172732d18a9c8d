package io.github.kratosadmin.test.embedded.internal.identity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import org.jspecify.annotations.Nullable;

/**
 * The identities of a server, in the order of their ids. Enforces the unique constraints
 * of the database of Kratos.
 */
public final class IdentityStore {

	/**
	 * Changed under the lock, but read without it.
	 */
	private final ConcurrentSkipListMap<String, StoredIdentity> identities = new ConcurrentSkipListMap<>();

	private final Map<UniqueValue, String> owners = new HashMap<>();

	/** The types of all credentials so far. */
	private final Set<String> types = new HashSet<>();

	/**
	 * Adds an identity.
	 * @throws UniqueViolationException if another one has one of its addresses or
	 * identifiers
	 */
	synchronized void add(StoredIdentity identity) {
		StoredIdentity kept = identity.trimmed();
		checkUnique(kept);
		put(kept);
	}

	/**
	 * Adds all identities or none.
	 * @throws UniqueViolationException if one of them has an address or identifier of
	 * another identity
	 */
	synchronized void addAll(List<StoredIdentity> identities) {
		List<StoredIdentity> added = new ArrayList<>();
		try {
			for (StoredIdentity identity : identities) {
				add(identity);
				added.add(identity);
			}
		}
		catch (UniqueViolationException ex) {
			added.forEach((identity) -> remove(identity.id()));
			throw ex;
		}
	}

	/**
	 * Adds the identities without a conflict. Fills one table after the other, as Kratos
	 * does. An identity that fails in the first table cannot conflict with others. One
	 * that fails later still can.
	 * @return the conflicts of the other identities, by their ids
	 * @throws UniqueViolationException if the only identity for a table conflicts, in
	 * which case none is added
	 */
	synchronized Map<String, UniqueViolationException> addEach(List<StoredIdentity> identities) {
		List<StoredIdentity> rows = new ArrayList<>(identities.stream().map(StoredIdentity::trimmed).toList());
		Map<String, UniqueViolationException> failed = new HashMap<>();
		insert(rows, UniqueValue.EXTERNAL_ID, failed);
		rows.removeIf((identity) -> failed.containsKey(identity.id()));
		List.of(UniqueValue.VERIFIABLE, UniqueValue.RECOVERY, UniqueValue.IDENTIFIER)
			.forEach((columns) -> insert(rows, columns, failed));
		rows.removeIf((identity) -> failed.containsKey(identity.id()));
		rows.forEach(this::put);
		return failed;
	}

	private void insert(List<StoredIdentity> rows, String columns, Map<String, UniqueViolationException> failed) {
		Set<UniqueValue> inserted = new HashSet<>();
		for (StoredIdentity identity : rows) {
			for (UniqueValue value : uniqueValues(identity)) {
				if (value.columns().equals(columns) && (this.owners.containsKey(value) || !inserted.add(value))) {
					UniqueViolationException violation = new UniqueViolationException(columns);
					if (rows.size() == 1) {
						throw violation;
					}
					failed.put(identity.id(), violation);
				}
			}
		}
	}

	/**
	 * Changes an identity.
	 * @throws ErrorResponseException if there is no such identity
	 * @throws UniqueViolationException if another one has one of the new addresses or
	 * identifiers
	 */
	synchronized StoredIdentity update(String id, UnaryOperator<StoredIdentity> change) {
		StoredIdentity existing = get(id);
		StoredIdentity updated = change.apply(existing);
		StoredIdentity kept = updated.trimmed();
		checkUnique(kept);
		uniqueValues(existing).forEach(this.owners::remove);
		put(kept);
		return updated;
	}

	/**
	 * Removes an identity.
	 * @throws ErrorResponseException if there is no such identity
	 */
	synchronized void remove(String id) {
		StoredIdentity removed = get(id);
		uniqueValues(removed).forEach(this.owners::remove);
		this.identities.remove(removed.id());
	}

	/**
	 * Finds an identity.
	 * @throws ErrorResponseException if there is no such identity
	 */
	public StoredIdentity get(@Nullable String id) {
		StoredIdentity identity = find(id);
		if (identity == null) {
			throw ErrorResponseException.noSuchRow();
		}
		return identity;
	}

	public @Nullable StoredIdentity find(@Nullable String id) {
		return (id != null) ? this.identities.get(id) : null;
	}

	/**
	 * Finds an identity by its external id.
	 * @throws ErrorResponseException if there is no such identity
	 */
	synchronized StoredIdentity getByExternalId(String externalId) {
		return get(this.owners.get(UniqueValue.externalId(externalId)));
	}

	/**
	 * Returns the identities with a credential that has the identifier.
	 */
	synchronized List<StoredIdentity> getByIdentifier(String identifier) {
		return this.types.stream()
			.map((type) -> find(this.owners.get(UniqueValue.identifier(type, identifier))))
			.filter(Objects::nonNull)
			.toList();
	}

	/**
	 * A live view of all identities by id, in ascending order.
	 */
	public NavigableMap<String, StoredIdentity> all() {
		return Collections.unmodifiableNavigableMap(this.identities);
	}

	public int count() {
		return this.identities.size();
	}

	/**
	 * Takes a snapshot of the identities.
	 * @return an action that restores it
	 */
	public synchronized Runnable snapshot() {
		Map<String, StoredIdentity> identities = Map.copyOf(this.identities);
		Map<UniqueValue, String> owners = Map.copyOf(this.owners);
		return () -> restore(identities, owners);
	}

	private synchronized void restore(Map<String, StoredIdentity> identities, Map<UniqueValue, String> owners) {
		this.identities.clear();
		this.identities.putAll(identities);
		this.owners.clear();
		this.owners.putAll(owners);
	}

	private void put(StoredIdentity identity) {
		this.identities.put(identity.id(), identity);
		identity.credentials().all().forEach((credential) -> this.types.add(credential.type()));
		uniqueValues(identity).forEach((value) -> this.owners.put(value, identity.id()));
	}

	private void checkUnique(StoredIdentity identity) {
		Set<UniqueValue> own = new HashSet<>();
		for (UniqueValue value : uniqueValues(identity)) {
			String owner = this.owners.get(value);
			if (!own.add(value) || (owner != null && !owner.equals(identity.id()))) {
				throw new UniqueViolationException(value.columns());
			}
		}
	}

	private static List<UniqueValue> uniqueValues(StoredIdentity identity) {
		List<UniqueValue> values = new ArrayList<>();
		identity.verifiableAddresses()
			.forEach((address) -> values.add(UniqueValue.verifiable(address.via(), address.value())));
		identity.recoveryAddresses()
			.forEach((address) -> values.add(UniqueValue.recovery(address.via(), address.value())));
		identity.credentials()
			.all()
			.forEach((credential) -> credential.identifiers()
				.forEach((identifier) -> values.add(UniqueValue.identifier(credential.type(), identifier))));
		String externalId = identity.details().externalId();
		if (externalId != null) {
			values.add(UniqueValue.externalId(externalId));
		}
		return values;
	}

	/**
	 * A value that only one identity can have.
	 *
	 * @param columns the columns in the database
	 * @param type the type of the credential of an identifier, the channel of an address,
	 * or empty
	 * @param value the value
	 */
	private record UniqueValue(String columns, String type, String value) {

		private static final String EXTERNAL_ID = "identities.nid, identities.external_id";

		private static final String IDENTIFIER = "identity_credential_identifiers.nid, "
				+ "identity_credential_identifiers.identifier";

		private static final String VERIFIABLE = columnsOf("identity_verifiable_addresses");

		private static final String RECOVERY = columnsOf("identity_recovery_addresses");

		static UniqueValue verifiable(String via, String value) {
			return new UniqueValue(VERIFIABLE, via, value);
		}

		static UniqueValue recovery(String via, String value) {
			return new UniqueValue(RECOVERY, via, value);
		}

		static UniqueValue identifier(String type, String identifier) {
			return new UniqueValue(IDENTIFIER, type, identifier);
		}

		static UniqueValue externalId(String externalId) {
			return new UniqueValue(EXTERNAL_ID, "", externalId);
		}

		private static String columnsOf(String table) {
			return "%1$s.nid, %1$s.via, %1$s.value".formatted(table);
		}

	}

}
