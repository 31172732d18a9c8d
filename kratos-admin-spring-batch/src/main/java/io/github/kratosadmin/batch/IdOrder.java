package io.github.kratosadmin.batch;

import org.jspecify.annotations.Nullable;

/**
 * The order of the ids in a list: Kratos lists identities in descending order up to 1.0,
 * and in ascending order since 1.1.
 */
enum IdOrder {

	ASCENDING, DESCENDING;

	/**
	 * Returns the order of two ids.
	 * @return the order, or {@code null} if the ids are equal
	 */
	static @Nullable IdOrder of(String first, String second) {
		int comparison = first.compareTo(second);
		if (comparison == 0) {
			return null;
		}
		return (comparison < 0) ? ASCENDING : DESCENDING;
	}

	boolean isAfter(String id, String other) {
		return of(other, id) == this;
	}

}
