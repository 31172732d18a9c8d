package io.github.kratosadmin.identity;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.version.SinceKratos;

/**
 * The path to a field of an identity in a {@link JsonPatch}. Only fields that Kratos
 * accepts and stores have a path. Slashes and tildes in the names of fields need no
 * escaping.
 */
public final class IdentityPath {

	private static final List<String> FIELDS_OF_ADDRESSES = List.of("verified", "status", "verified_at");

	private final String pointer;

	private final boolean removable;

	private IdentityPath(String pointer, boolean removable) {
		this.pointer = pointer;
		this.removable = removable;
	}

	/**
	 * Returns the path to the traits, or to a field in them.
	 * @param fields the names of the fields that lead to the field, none for all traits;
	 * for an element of an array its index, or {@code -} to add one at the end
	 * @return the path
	 */
	public static IdentityPath traits(String... fields) {
		return new IdentityPath("/traits" + pointer(fields), fields.length > 0);
	}

	/**
	 * Returns the path to the public metadata, or to a field in it.
	 * @param fields the names of the fields that lead to the field, none for all
	 * metadata; for an element of an array its index, or {@code -} to add one at the end
	 * @return the path
	 */
	public static IdentityPath metadataPublic(String... fields) {
		return new IdentityPath("/metadata_public" + pointer(fields), true);
	}

	/**
	 * Returns the path to the admin metadata, or to a field in it.
	 * @param fields the names of the fields that lead to the field, none for all
	 * metadata; for an element of an array its index, or {@code -} to add one at the end
	 * @return the path
	 */
	public static IdentityPath metadataAdmin(String... fields) {
		return new IdentityPath("/metadata_admin" + pointer(fields), true);
	}

	/**
	 * Returns the path to the state, whose value is an {@link IdentityState}.
	 * @return the path
	 */
	public static IdentityPath state() {
		return new IdentityPath("/state", false);
	}

	/**
	 * Returns the path to the id of the identity schema.
	 * @return the path
	 */
	public static IdentityPath schemaId() {
		return new IdentityPath("/schema_id", false);
	}

	/**
	 * Returns the path to the external id: the id of the identity in another system.
	 * @return the path
	 */
	@SinceKratos(value = "25.4", ignoredBefore = true)
	public static IdentityPath externalId() {
		return new IdentityPath("/external_id", true);
	}

	/**
	 * Returns the path to the id of the organization.
	 * @return the path
	 */
	@SinceKratos(value = "25.4", ignoredBefore = true)
	public static IdentityPath organizationId() {
		return new IdentityPath("/organization_id", true);
	}

	/**
	 * Returns the path to the region, whose value is an {@link IdentityRegion}.
	 * @return the path
	 */
	@SinceKratos(value = "after 26.2", ignoredBefore = true)
	public static IdentityPath region() {
		return new IdentityPath("/region", false);
	}

	/**
	 * Returns the path to a field of a verifiable address. Kratos ignores the change if
	 * there is no such address: check the identity that it returns.
	 * @param index the index of the address in {@link Identity#verifiableAddresses()}
	 * @param field {@code verified}, {@code status} or {@code verified_at}; Kratos stores
	 * {@code verified_at}, a time, only for a verified address
	 * @return the path
	 * @throws IllegalArgumentException if the index is negative, or the field is a
	 * different one
	 */
	public static IdentityPath verifiableAddress(int index, String field) {
		if (index < 0) {
			throw new IllegalArgumentException("The index of an address must not be negative, but is " + index);
		}
		if (!FIELDS_OF_ADDRESSES.contains(field)) {
			throw new IllegalArgumentException(
					"Of a verifiable address 'verified', 'status' or 'verified_at' can be changed, not '" + field
							+ "'");
		}
		return new IdentityPath("/verifiable_addresses/" + index + "/" + field, false);
	}

	private static String pointer(String... fields) {
		return Arrays.stream(fields)
			.map((field) -> "/" + KratosJson.required(field, "field").replace("~", "~0").replace("/", "~1"))
			.collect(Collectors.joining());
	}

	/**
	 * Returns whether an identity may lack the field.
	 */
	boolean isRemovable() {
		return this.removable;
	}

	/**
	 * Returns whether this is the path to all metadata, which Kratos up to 1.3 keeps when
	 * it is removed.
	 */
	boolean isAllMetadata() {
		return this.pointer.equals("/metadata_public") || this.pointer.equals("/metadata_admin");
	}

	/**
	 * Returns the JSON pointer.
	 */
	@Override
	public String toString() {
		return this.pointer;
	}

}
