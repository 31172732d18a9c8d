package io.github.kratosadmin.batch;

import io.github.kratosadmin.error.KratosUnreadableResponseException;

/**
 * The order of the ids in a list: Kratos lists identities in descending order up to 1.0,
 * and in ascending order since 1.1.
 */
enum IdOrder {

	ASCENDING, DESCENDING;

	/**
	 * Returns the order of two different ids.
	 */
	static IdOrder of(String first, String second) {
		return (first.compareTo(second) < 0) ? ASCENDING : DESCENDING;
	}

	/**
	 * Checks that an id is after the previous one of a list.
	 * @throws KratosUnreadableResponseException if it is not
	 */
	void check(String previous, String id) {
		if (!isAfter(id, previous)) {
			throw new KratosUnreadableResponseException("listIdentities", 200,
					"identity " + id + " follows " + previous + ", so the ids are not in order");
		}
	}

	boolean isAfter(String id, String other) {
		int comparison = id.compareTo(other);
		return (this == ASCENDING) ? comparison > 0 : comparison < 0;
	}

}
