package io.github.kratosadmin.internal.paging;

/**
 * The limits of page sizes.
 */
public final class PageSize {

	/**
	 * The maximum number of items on a page, in every list of every version.
	 */
	public static final int MAX = 1000;

	/**
	 * The default number of items on a page.
	 */
	public static final int DEFAULT = 250;

	private PageSize() {
	}

	/**
	 * Checks a size.
	 * @param pageSize the maximum number of items on a page
	 * @throws IllegalArgumentException if it is not 1 to {@value #MAX}
	 */
	public static void check(int pageSize) {
		if (pageSize < 1 || pageSize > MAX) {
			throw new IllegalArgumentException("A page size must be 1 to " + MAX + ", but was " + pageSize);
		}
	}

}
