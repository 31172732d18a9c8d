package io.github.kratosadmin.internal.paging;

/**
 * Not for applications: how far a list is read whose pages are numbered and whose order
 * is that of the ids. Numbers alone would lose what moves to a page that was read
 * already, when something on it is deleted.
 *
 * @param firstPage the number of the first page, 0 or 1
 * @param seen how many items were before the next one when the last page was read
 * @param lastId the id of the last item that was read
 */
public record ListPosition(int firstPage, int seen, String lastId) {

	/**
	 * The same position in a list that has become longer or shorter before it.
	 * @param seen how many items are thought to be before the next one
	 * @return the position
	 */
	public ListPosition withSeen(int seen) {
		return new ListPosition(this.firstPage, seen, this.lastId);
	}

}
