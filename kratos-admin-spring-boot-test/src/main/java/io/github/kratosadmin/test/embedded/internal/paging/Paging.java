package io.github.kratosadmin.test.embedded.internal.paging;

import java.util.NavigableMap;
import java.util.function.LongSupplier;

import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.Query;
import io.github.kratosadmin.test.embedded.internal.identity.StoredIdentity;

/**
 * How a list of identities is split into pages.
 */
public interface Paging {

	/**
	 * Picks a page.
	 * @param query the parameters of the request
	 * @param identities all identities that match the request, by their ids in ascending
	 * order
	 * @param total counts how many identities the server says there are
	 * @return the page
	 * @throws ErrorResponseException if the request asks for a page that cannot be had
	 */
	IdentityPage page(Query query, NavigableMap<String, StoredIdentity> identities, LongSupplier total);

}
