package io.github.kratosadmin.internal.paging;

/**
 * The limits of page sizes.
 */
public final class PageSize {

	/**
	 * The most items of a page, in every list of every version.
	 */
	public static final int MAX = 1000;

	/**
	 * How many items a page has unless that is set.
	 */
	public static final int DEFAULT = 250;

	private PageSize() {
	}

	/**
	 * Checks a size.
	 * @param pageSize how many items a page is to have at most
	 * @throws IllegalArgumentException if it is not 1 to {@value #MAX}
	 */
	public static void check(int pageSize) {
		if (pageSize < 1 || pageSize > MAX) {
			throw new IllegalArgumentException("A page size must be 1 to " + MAX + ", but was " + pageSize);
		}
	}

}
