package io.github.kratosadmin.batch;

import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.util.StringUtils;

/**
 * Makes the identity of a row recognizable: by its external id or, without one, by an
 * entry with the name of the import and the number of the row in the admin metadata.
 */
final class RowMarker {

	static final String KEY = "kratos_admin_import";

	/** The fields to compare. The owner may add credentials and verify addresses. */
	private static final Set<String> FIELDS = Set.of("schema_id", "traits", "state", "metadata_public",
			"metadata_admin", "organization_id");

	private final @Nullable String importName;

	/**
	 * Creates an instance.
	 * @param importName the name of the import, or {@code null} if each row must have an
	 * external id
	 */
	RowMarker(@Nullable String importName) {
		this.importName = importName;
	}

	/**
	 * Returns why the identity of a row would not be recognizable, or {@code null} if it
	 * would be.
	 */
	@Nullable String problem(CreateIdentity identity) {
		if (hasExternalId(identity)) {
			return null;
		}
		if (this.importName == null) {
			return "The row has no external id, and the writer no marker, so the identity could not be recognized"
					+ " after a crash: set marker";
		}
		JsonNode metadata = identity.metadataAdmin();
		return (metadata == null || metadata.isNull() || metadata.isObject()) ? null
				: "The row has no external id, and its admin metadata is not an object, so the marker cannot be"
						+ " added to it";
	}

	/**
	 * Returns the identity to create for a row without a {@link #problem problem}. An
	 * entry of another import is replaced.
	 */
	CreateIdentity mark(long row, CreateIdentity identity) {
		if (hasExternalId(identity)) {
			return identity;
		}
		ObjectNode metadata = (identity.metadataAdmin() instanceof ObjectNode object) ? object.deepCopy()
				: JsonNodeFactory.instance.objectNode();
		metadata.put(KEY, this.importName + ":" + row);
		return new CreateIdentity(identity.schemaId(), identity.traits(), identity.state(), identity.metadataPublic(),
				metadata, identity.credentials(), identity.verifiableAddresses(), identity.recoveryAddresses(),
				identity.externalId(), identity.organizationId(), identity.region());
	}

	/**
	 * Returns whether an identity was created for a row.
	 * @param row the identity to create, with its mark
	 * @param identity the identity on the server
	 */
	static boolean isOfRow(CreateIdentity row, Identity identity) {
		if (hasExternalId(row)) {
			return Objects.equals(row.externalId(), identity.externalId());
		}
		String mark = mark(row.metadataAdmin());
		return mark != null && mark.equals(mark(identity.metadataAdmin()));
	}

	/**
	 * Returns what an identity that was created for a row has other than the row: if two
	 * rows have the same external id, the identity of the first is not that of the
	 * second. Only an identity with an external id is compared, and not with secrets.
	 * @return the names of the fields that differ
	 */
	static List<String> differences(CreateIdentity row, Identity identity) {
		return hasExternalId(row) ? row.differences(identity).stream().filter(FIELDS::contains).toList() : List.of();
	}

	private static @Nullable String mark(@Nullable JsonNode metadata) {
		return (metadata != null) ? metadata.path(KEY).asString(null) : null;
	}

	static boolean hasExternalId(CreateIdentity identity) {
		return StringUtils.hasText(identity.externalId());
	}

}
