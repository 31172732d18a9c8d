package io.github.kratosadmin.internal.feign;

import java.util.ArrayList;
import java.util.List;

import io.github.kratosadmin.error.KratosUnreadableResponseException;
import io.github.kratosadmin.identity.Identity;
import io.github.kratosadmin.internal.paging.ListPosition;
import io.github.kratosadmin.internal.paging.PageToken;
import io.github.kratosadmin.paging.Page;

/**
 * Continues a list with numbered pages, as in Kratos up to 1.0. If identities are created
 * or deleted, others move to other pages, but the list stays in descending order of the
 * ids. Therefore each read overlaps the previous one. If it does not, items have moved to
 * an earlier page, which is read again.
 */
final class NumberedPages {

	private static final int MAX_PAGE_SIZE = 1000;

	/** More changes of direction than concurrent changes to the list cause. */
	private static final int MAX_TURNS = 10;

	private final IdentityOperations identities;

	private final int pageSize;

	NumberedPages(IdentityOperations identities, int pageSize) {
		this.identities = identities;
		this.pageSize = pageSize;
	}

	/**
	 * Returns the page after a position, full as long as there are identities. It is
	 * assembled from windows that are hardly larger than the page: up to 0.13, Kratos
	 * takes four times as long for a window of twice the size.
	 */
	Page<Identity> after(ListPosition position) {
		Page<Identity> page = window(position, this.pageSize);
		List<Identity> items = new ArrayList<>(page.items());
		while (page.nextPageToken() != null && items.size() < this.pageSize) {
			ListPosition next = PageToken.parse(page.nextPageToken()).position();
			if (next == null) {
				break;
			}
			page = window(next, this.pageSize - items.size());
			items.addAll(page.items());
		}
		return new Page<>(items, page.nextPageToken(), page.totalItems());
	}

	private Page<Identity> window(ListPosition position, int wanted) {
		int turns = 0;
		boolean forward = false;
		String firstId = null;
		while (turns < MAX_TURNS) {
			Window window = Window.after(position.seen(), wanted, this.pageSize);
			Page<Identity> page = read(window, position.firstPage());
			int known = known(page.items(), position.lastId());
			boolean full = page.items().size() >= window.size();
			if (known == 0 && window.start() > 0) {
				turns += forward ? 1 : 0;
				forward = false;
				position = position.withSeen(Math.max(1, window.start() - this.pageSize));
			}
			else if (known == page.items().size() && full) {
				// The same page again is not progress.
				turns += forward && !page.items().get(0).id().equals(firstId) ? 0 : 1;
				forward = true;
				firstId = page.items().get(0).id();
				position = position.withSeen(window.start() + window.size());
			}
			else {
				return page(page, known, full, position.withSeen(window.start() + known), wanted);
			}
		}
		throw new KratosUnreadableResponseException("listIdentities", 200,
				"the numbering of the pages has changed since this list was started: start it again");
	}

	private Page<Identity> read(Window window, int firstPage) {
		// Page 0 is the first one in every version.
		int number = (window.start() > 0) ? firstPage + window.start() / window.size() : 0;
		return this.identities.listIdentities(window.size(), null, number, null, null, null, null, null, null, null);
	}

	private static Page<Identity> page(Page<Identity> page, int known, boolean full, ListPosition begin, int wanted) {
		List<Identity> items = page.items();
		int end = Math.min(items.size(), known + wanted);
		boolean more = full || end < items.size();
		String next = more ? PageToken
			.ofPosition(new ListPosition(begin.firstPage(), begin.seen() + end - known, items.get(end - 1).id()))
			.toString() : null;
		return new Page<>(items.subList(known, end), next, page.totalItems());
	}

	/**
	 * The number of identities at the start of a page that do not follow the last one
	 * read.
	 */
	private static int known(List<Identity> identities, String lastId) {
		int known = 0;
		for (int i = 0; i < identities.size(); i++) {
			String id = identities.get(i).id();
			if (i > 0 && id.compareTo(identities.get(i - 1).id()) >= 0) {
				throw new KratosUnreadableResponseException("listIdentities", 200,
						"the identities are no longer in descending order of their ids: start the list again");
			}
			if (id.compareTo(lastId) >= 0) {
				known++;
			}
		}
		return known;
	}

	/**
	 * A page of another size, which starts before the next identity.
	 *
	 * @param start the number of identities before it
	 * @param size the maximum number of identities in it
	 */
	private record Window(int start, int size) {

		/**
		 * The smallest window with the wanted number of new identities. If there is none
		 * among the windows that are hardly larger than a page, the one with the most new
		 * identities. It repeats at least one known identity.
		 */
		static Window after(int seen, int wanted, int pageSize) {
			int limit = Math.min(pageSize + pageSize / 8, MAX_PAGE_SIZE);
			Window best = new Window(0, 1);
			for (int size = 2; size <= limit || (best.after(seen) < 1 && size <= MAX_PAGE_SIZE); size++) {
				Window window = new Window((seen - 1) / size * size, size);
				best = (window.after(seen) > best.after(seen)) ? window : best;
				if (best.after(seen) >= wanted) {
					break;
				}
			}
			return best;
		}

		private int after(int seen) {
			return this.start + this.size - seen;
		}

	}

}
