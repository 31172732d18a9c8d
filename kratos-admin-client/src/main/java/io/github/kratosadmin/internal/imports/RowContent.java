package io.github.kratosadmin.internal.imports;

import java.util.Objects;

import io.github.kratosadmin.identity.CreateIdentity;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.identity.IdentityState;
import io.github.kratosadmin.internal.json.KratosJson;
import io.github.kratosadmin.internal.response.IdentifierForm;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compares a row of an import with an identity on the server.
 */
final class RowContent {

	private RowContent() {
	}

	/**
	 * Returns whether an identity has the content of a row. Kratos may have normalized
	 * its traits. If it was changed since its creation, its external id is enough.
	 */
	static boolean isThatOf(CreateIdentity row, Identity identity) {
		boolean changed = !Objects.equals(identity.createdAt(), identity.updatedAt());
		return isSame(row, identity)
				|| (changed && !isEmpty(row.externalId()) && Objects.equals(row.externalId(), identity.externalId()));
	}

	private static boolean isSame(CreateIdentity row, Identity identity) {
		boolean sameSchema = isEmpty(row.schemaId()) || Objects.equals(row.schemaId(), identity.schemaId());
		IdentityState state = (row.state() != null) ? row.state() : IdentityState.ACTIVE;
		return sameSchema && Objects.equals(emptyAsNull(row.externalId()), emptyAsNull(identity.externalId()))
				&& (identity.state() == null || state.equals(identity.state()))
				&& Objects.equals(parsed(row.metadataPublic()), parsed(identity.metadataPublic()))
				&& Objects.equals(parsed(row.metadataAdmin()), parsed(identity.metadataAdmin()))
				&& isSame(row.traits(), identity.traits());
	}

	/**
	 * Returns whether a row has content that an identity gets from the admin API, and by
	 * a registration only if a web hook adds it.
	 */
	static boolean isOfAdmin(CreateIdentity row) {
		return !isEmpty(row.externalId()) || parsed(row.metadataAdmin()) != null
				|| parsed(row.metadataPublic()) != null;
	}

	private static boolean isSame(JsonNode sent, JsonNode stored) {
		if (sent.isString() && stored.isString()) {
			return IdentifierForm.of(sent.stringValue()).equals(IdentifierForm.of(stored.stringValue()));
		}
		if (sent.isObject() && stored.isObject()) {
			return sent.size() == stored.size() && sent.propertyStream()
				.allMatch((property) -> isSame(property.getValue(), stored.path(property.getKey())));
		}
		if (sent.isArray() && stored.isArray()) {
			boolean same = sent.size() == stored.size();
			for (int i = 0; same && i < sent.size(); i++) {
				same = isSame(sent.get(i), stored.get(i));
			}
			return same;
		}
		return Objects.equals(parsed(sent), parsed(stored));
	}

	/**
	 * Parses a tree again: a number from Java does not equal the same number in a
	 * response.
	 */
	private static @Nullable JsonNode parsed(@Nullable JsonNode tree) {
		if (tree == null || tree.isNull() || tree.isMissingNode() || (tree.isObject() && tree.isEmpty())) {
			return null;
		}
		return KratosJson.mapper().readTree(KratosJson.mapper().writeValueAsBytes(tree));
	}

	private static boolean isEmpty(@Nullable String text) {
		return text == null || text.isEmpty();
	}

	private static @Nullable String emptyAsNull(@Nullable String text) {
		return isEmpty(text) ? null : text;
	}

}
