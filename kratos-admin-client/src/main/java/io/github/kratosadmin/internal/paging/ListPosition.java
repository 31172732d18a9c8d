package io.github.kratosadmin.internal.paging;

/**
 * The position in a list with numbered pages, sorted by id. A page number alone would
 * skip items that move to an earlier page when others are deleted.
 *
 * @param firstPage the number of the first page, 0 or 1
 * @param seen the number of items before the next one when the last page was read
 * @param lastId the id of the last item that was read
 */
public record ListPosition(int firstPage, int seen, String lastId) {

	/**
	 * Returns the same position in a list that has become longer or shorter before it.
	 * @param seen the presumed number of items before the next one
	 * @return the position
	 */
	public ListPosition withSeen(int seen) {
		return new ListPosition(this.firstPage, seen, this.lastId);
	}

}
