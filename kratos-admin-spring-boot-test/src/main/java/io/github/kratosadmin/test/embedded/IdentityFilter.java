package io.github.kratosadmin.test.embedded;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which identities a request for a list is about, and how much of them it wants to see.
 */
final class IdentityFilter {

	private final KratosEra era;

	private final Query query;

	private final Set<String> ids;

	private final boolean declassifies;

	private IdentityFilter(KratosEra era, Query query) {
		this.era = era;
		this.query = query;
		this.ids = ids();
		this.declassifies = era.listsCredentials()
				&& CredentialTypes.includesPassword(era, query, era.namesUnknownCredentialsOfLists());
	}

	/**
	 * Reads a filter. What the era does not know is ignored.
	 * @throws KratosError if it cannot be read
	 */
	static IdentityFilter of(KratosEra era, Query query) {
		IdentityFilter filter = new IdentityFilter(era, query);
		if (era.refusesSeveralFilters() && filter.size() > 1) {
			throw KratosError.badRequest("You cannot combine multiple filters in this API");
		}
		return filter;
	}

	private int size() {
		return (this.ids.isEmpty() ? 0 : 1) + (identifier().isEmpty() ? 0 : 1) + (similar().isEmpty() ? 0 : 1);
	}

	private Set<String> ids() {
		Set<String> ids = new HashSet<>();
		if (this.era.filtersByIds()) {
			for (String text : this.query.all("ids")) {
				String id = Ids.parse(text);
				if (id == null) {
					throw KratosError.badRequest("Invalid UUID value `" + text + "` for parameter `ids`.");
				}
				ids.add(id);
			}
		}
		return ids;
	}

	private String identifier() {
		return this.era.filtersByIdentifier() ? this.query.first("credentials_identifier").toLowerCase(Locale.ROOT)
				: "";
	}

	private String similar() {
		return this.era.filtersByIds()
				? this.query.first("preview_credentials_identifier_similar").toLowerCase(Locale.ROOT) : "";
	}

	List<Identity> apply(List<Identity> identities) {
		List<Identity> matching = new ArrayList<>(identities);
		if (!this.ids.isEmpty()) {
			matching.removeIf((identity) -> !this.ids.contains(identity.id()));
		}
		if (!identifier().isEmpty()) {
			matching.removeIf((identity) -> !identity.password().identifiers().contains(identifier()));
		}
		if (!similar().isEmpty()) {
			matching.removeIf((identity) -> identity.password()
				.identifiers()
				.stream()
				.noneMatch((identifier) -> identifier.startsWith(similar())));
		}
		return matching;
	}

	/**
	 * How many identities the server says there are.
	 */
	long total(List<Identity> matching, List<Identity> all) {
		return identifier().isEmpty() ? all.size() : matching.size();
	}

	/**
	 * Whether credentials are shown.
	 */
	boolean showsCredentials() {
		return this.declassifies || !identifier().isEmpty() || !similar().isEmpty();
	}

	/**
	 * Whether the hashes of passwords are shown.
	 */
	boolean declassifies() {
		return this.declassifies;
	}

}
