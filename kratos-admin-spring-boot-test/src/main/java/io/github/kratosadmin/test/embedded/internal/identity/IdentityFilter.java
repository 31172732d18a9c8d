package io.github.kratosadmin.test.embedded.internal.identity;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.Query;
import io.github.kratosadmin.test.embedded.internal.text.Identifiers;
import io.github.kratosadmin.test.embedded.internal.text.Ids;
import org.jspecify.annotations.Nullable;

/**
 * The filter of a request for a list, and the fields that the list shows.
 */
final class IdentityFilter {

	private static final int MAX_IDS = 500;

	private final KratosEra era;

	private final Query query;

	private final Set<String> ids;

	private final @Nullable String organizationId;

	private final Set<String> declassified;

	/** The identifier as it is stored, except for links to other providers. */
	private final String normalized;

	private IdentityFilter(KratosEra era, Query query) {
		this.era = era;
		this.query = query;
		this.ids = ids();
		this.organizationId = organizationId();
		this.normalized = Identifiers.normalize(identifier(), era);
		this.declassified = IdentityFilterRules.listsCredentials(era)
				? CredentialTypes.included(era, query, IdentityFilterRules.namesUnknownCredentialsOfLists(era))
				: Set.of();
	}

	/**
	 * Reads a filter. Filters that the era does not have are ignored.
	 * @throws ErrorResponseException if it is not valid
	 */
	static IdentityFilter of(KratosEra era, Query query) {
		IdentityFilter filter = new IdentityFilter(era, query);
		if (IdentityFilterRules.refusesSeveralFilters(era) && filter.size() > 1) {
			throw ErrorResponseException.badRequest("You cannot combine multiple filters in this API");
		}
		if (IdentityFilterRules.filtersByIds(era) && !filter.identifier().isEmpty() && !filter.similar().isEmpty()) {
			throw ErrorResponseException
				.badRequest("Cannot pass both credentials_identifier and preview_credentials_identifier_similar.");
		}
		return filter;
	}

	private int size() {
		return (this.ids.isEmpty() ? 0 : 1) + ((this.organizationId != null) ? 1 : 0) + (identifier().isEmpty() ? 0 : 1)
				+ (similar().isEmpty() ? 0 : 1);
	}

	private Set<String> ids() {
		if (!IdentityFilterRules.filtersByIds(this.era)) {
			return Set.of();
		}
		Set<String> ids = new HashSet<>();
		List<String> texts = this.query.all("ids");
		for (String text : texts) {
			String id = Ids.parse(text);
			if (id == null) {
				throw ErrorResponseException.badRequest("Invalid UUID value `" + text + "` for parameter `ids`.");
			}
			ids.add(id);
		}
		if (IdentityFilterRules.limitsFilterByIds(this.era) && texts.size() > MAX_IDS) {
			throw ErrorResponseException.badRequest("The number of ids to filter must not exceed " + MAX_IDS + ".");
		}
		return ids;
	}

	private @Nullable String organizationId() {
		String text = IdentityFilterRules.filtersByOrganization(this.era) ? this.query.first("organization_id") : "";
		String id = Ids.parse(text);
		if (id == null && !text.isEmpty()) {
			throw ErrorResponseException
				.badRequest("Invalid UUID value `" + text + "` for parameter `organization_id`.");
		}
		return id;
	}

	private String identifier() {
		return IdentityFilterRules.filtersByIdentifier(this.era) ? this.query.first("credentials_identifier") : "";
	}

	private String similar() {
		return IdentityFilterRules.filtersByIds(this.era) ? this.query.first("preview_credentials_identifier_similar")
				: "";
	}

	/**
	 * The identities that match.
	 */
	NavigableMap<String, StoredIdentity> apply(IdentityStore identities) {
		NavigableMap<String, StoredIdentity> all = identities.all();
		if (this.ids.isEmpty() && this.organizationId == null && identifier().isEmpty() && similar().isEmpty()) {
			return all;
		}
		NavigableMap<String, StoredIdentity> matching = new TreeMap<>();
		if (this.ids.isEmpty() && !identifier().isEmpty()) {
			// Not all identities: there may be a million, and a search for each.
			Stream.of(identifier(), this.normalized)
				.flatMap((identifier) -> identities.getByIdentifier(identifier).stream())
				.forEach((identity) -> putIfMatching(matching, identity));
		}
		else if (this.ids.isEmpty()) {
			all.forEach((id, identity) -> putIfMatching(matching, identity));
		}
		for (String id : this.ids) {
			StoredIdentity identity = all.get(id);
			if (identity != null) {
				putIfMatching(matching, identity);
			}
		}
		return matching;
	}

	private void putIfMatching(NavigableMap<String, StoredIdentity> matching, StoredIdentity identity) {
		if ((this.organizationId == null || this.organizationId.equals(identity.details().organizationId()))
				&& (identifier().isEmpty() || hasIdentifier(identity, identifier()::equals, this.normalized::equals))
				&& (similar().isEmpty() || hasSimilarIdentifier(identity))) {
			matching.put(identity.id(), identity);
		}
	}

	/**
	 * Ignores the case, as SQLite does for ASCII letters.
	 */
	private boolean hasSimilarIdentifier(StoredIdentity identity) {
		String start = similar().toLowerCase(Locale.ROOT);
		Predicate<String> starts = (identifier) -> identifier.toLowerCase(Locale.ROOT).startsWith(start);
		if (!Identifiers.normalizesCharacters(this.era)) {
			return hasIdentifier(identity, starts, starts);
		}
		// The wildcard is normalized too, and is not a part of a phone number.
		String pattern = Identifiers.normalize(similar() + "%", this.era);
		String prefix = pattern.substring(0, pattern.length() - 1);
		return hasIdentifier(identity, starts, (identifier) -> pattern.endsWith("%")
				? identifier.toLowerCase(Locale.ROOT).startsWith(prefix) : identifier.equals(pattern));
	}

	private boolean hasIdentifier(StoredIdentity identity, Predicate<String> link, Predicate<String> other) {
		for (Credential credential : identity.credentials().all()) {
			Predicate<String> predicate = credential.isLink() ? link : other;
			boolean searched = !credential.isLink() || IdentityFilterRules.filtersByLinks(this.era);
			if (searched && credential.identifiers().stream().anyMatch(predicate)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether the total counts only matching identities.
	 */
	boolean countsMatching() {
		return !identifier().isEmpty();
	}

	/**
	 * Whether credentials are shown.
	 */
	boolean showsCredentials() {
		return !this.declassified.isEmpty() || !identifier().isEmpty() || !similar().isEmpty();
	}

	/**
	 * The types of the credentials whose secrets are shown.
	 */
	Set<String> declassified() {
		return this.declassified;
	}

}
