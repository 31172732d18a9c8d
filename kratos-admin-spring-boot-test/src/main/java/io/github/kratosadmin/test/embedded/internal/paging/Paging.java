package io.github.kratosadmin.test.embedded.internal.paging;

import java.util.NavigableMap;
import java.util.function.LongSupplier;

import io.github.kratosadmin.test.embedded.KratosEra;
import io.github.kratosadmin.test.embedded.internal.http.ErrorResponseException;
import io.github.kratosadmin.test.embedded.internal.http.Query;
import io.github.kratosadmin.test.embedded.internal.http.Urls;

/**
 * Splits a list of identities into pages.
 */
public interface Paging {

	/**
	 * Returns a page.
	 * @param query the parameters of the request
	 * @param identities all identities that match the request, by their ids in ascending
	 * order
	 * @param total counts the identities for the total in the response
	 * @return the page
	 * @throws ErrorResponseException if the parameters of the page are not valid
	 */
	<T> ListPage<T> page(Query query, NavigableMap<String, T> identities, LongSupplier total);

	/**
	 * The paging of an era.
	 */
	static Paging of(KratosEra era, Urls urls) {
		if (era.isAtLeast(KratosEra.V1_3)) {
			// 1.3 has no limit.
			return new KeysetPaging(era.isAtLeast(KratosEra.V26) ? 500 : Integer.MAX_VALUE);
		}
		return era.isAtLeast(KratosEra.V1_0) ? new ZeroBasedPaging(urls)
				: new OneBasedPaging(urls, era.isAtLeast(KratosEra.V0_10));
	}

}
