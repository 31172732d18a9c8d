package io.github.kratosadmin.internal.imports;

import java.util.Collections;
import java.util.List;
import java.util.Objects;

import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.internal.json.JsonComparison;
import io.github.kratosadmin.internal.response.IdentifierForm;
import org.springframework.util.StringUtils;

/**
 * Compares a row of an import with an identity on the server.
 */
final class RowContent {

	/**
	 * The fields of a row that nobody else changes soon after its creation. The user may
	 * add credentials and verify addresses.
	 */
	private static final List<String> FIELDS = List.of("schema_id", "state", "metadata_public", "metadata_admin",
			"external_id");

	private RowContent() {
	}

	/**
	 * Returns whether an identity has the content of a row. Kratos may have normalized
	 * its traits. If it was changed since its creation, its external id is enough.
	 */
	static boolean isThatOf(CreateIdentity row, Identity identity) {
		boolean changed = !Objects.equals(identity.createdAt(), identity.updatedAt());
		return isSame(row, identity) || (changed && StringUtils.hasLength(row.externalId())
				&& Objects.equals(row.externalId(), identity.externalId()));
	}

	private static boolean isSame(CreateIdentity row, Identity identity) {
		return Collections.disjoint(row.differences(identity), FIELDS) && JsonComparison.isSame(row.traits(),
				identity.traits(), (sent, stored) -> IdentifierForm.of(sent).equals(IdentifierForm.of(stored)));
	}

	/**
	 * Returns whether a row has content that an identity gets from the admin API, and by
	 * a registration only if a web hook adds it.
	 */
	static boolean isOfAdmin(CreateIdentity row) {
		return StringUtils.hasLength(row.externalId()) || !JsonComparison.isEmpty(row.metadataAdmin())
				|| !JsonComparison.isEmpty(row.metadataPublic());
	}

}
