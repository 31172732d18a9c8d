package io.github.kratosadmin.test.embedded.internal.paging;

import java.util.List;
import java.util.Map;

import io.github.kratosadmin.test.embedded.internal.identity.StoredIdentity;

/**
 * A page of identities.
 *
 * @param identities the identities
 * @param headers the headers that tell about other pages
 */
public record IdentityPage(List<StoredIdentity> identities, Map<String, String> headers) {

	static IdentityPage of(List<StoredIdentity> identities, String link) {
		return new IdentityPage(identities, Map.of("Link", link));
	}

	static IdentityPage of(List<StoredIdentity> identities, String link, long total) {
		return new IdentityPage(identities, Map.of("Link", link, "X-Total-Count", String.valueOf(total)));
	}

}
