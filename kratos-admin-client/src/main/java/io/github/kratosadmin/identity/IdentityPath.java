package io.github.kratosadmin.identity;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.version.SinceKratos;

/**
 * What a {@link JsonPatch} can change of an identity: only what Kratos accepts, and
 * stores. The names of fields are taken as they are: a slash or a tilde in one needs no
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
	 * The traits, or what is in them.
	 * @param fields the names of the fields on the way, none for all traits; an element
	 * of an array by its number, {@code -} to add one at its end
	 * @return the path
	 */
	public static IdentityPath traits(String... fields) {
		return new IdentityPath("/traits" + pointer(fields), fields.length > 0);
	}

	/**
	 * The public metadata, or what is in it.
	 * @param fields the names of the fields on the way, none for all metadata; an element
	 * of an array by its number, {@code -} to add one at its end
	 * @return the path
	 */
	public static IdentityPath metadataPublic(String... fields) {
		return new IdentityPath("/metadata_public" + pointer(fields), true);
	}

	/**
	 * The admin metadata, or what is in it.
	 * @param fields the names of the fields on the way, none for all metadata; an element
	 * of an array by its number, {@code -} to add one at its end
	 * @return the path
	 */
	public static IdentityPath metadataAdmin(String... fields) {
		return new IdentityPath("/metadata_admin" + pointer(fields), true);
	}

	/**
	 * The state: an {@link IdentityState}.
	 * @return the path
	 */
	public static IdentityPath state() {
		return new IdentityPath("/state", false);
	}

	/**
	 * The id of the identity schema.
	 * @return the path
	 */
	public static IdentityPath schemaId() {
		return new IdentityPath("/schema_id", false);
	}

	/**
	 * The identity's id in another system.
	 * @return the path
	 */
	@SinceKratos(value = "25.4", ignoredBefore = true)
	public static IdentityPath externalId() {
		return new IdentityPath("/external_id", true);
	}

	/**
	 * The id of the organization.
	 * @return the path
	 */
	@SinceKratos(value = "25.4", ignoredBefore = true)
	public static IdentityPath organizationId() {
		return new IdentityPath("/organization_id", true);
	}

	/**
	 * A field of an address that can be verified. Kratos takes no notice where there is
	 * no such address: look into its answer.
	 * @param index which address, as {@link Identity#verifiableAddresses()} has them
	 * @param field {@code verified}, {@code status} or {@code verified_at}, a time that
	 * Kratos stores only of an address that is verified
	 * @return the path
	 * @throws IllegalArgumentException if the index is negative, or the field another
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
	 * Whether it may be absent from an identity.
	 */
	boolean isRemovable() {
		return this.removable;
	}

	/**
	 * Whether this is all metadata, which up to Kratos 1.3 stays when it is removed.
	 */
	boolean isAllMetadata() {
		return this.pointer.equals("/metadata_public") || this.pointer.equals("/metadata_admin");
	}

	/**
	 * The JSON pointer.
	 */
	@Override
	public String toString() {
		return this.pointer;
	}

}
