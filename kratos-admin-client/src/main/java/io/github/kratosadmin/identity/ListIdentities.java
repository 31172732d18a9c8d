package io.github.kratosadmin.identity;

import io.github.kratosadmin.paging.PageToken;
import org.jspecify.annotations.Nullable;

/**
 * Which identities to list.
 *
 * @param pageSize how many identities a page has at most, 1 to 1000; Kratos from 1.1 on
 * may send no more than 500
 * @param pageToken the page to list, from
 * {@link io.github.kratosadmin.paging.Page#nextPageToken()}, or {@code null} for the
 * first
 */
public record ListIdentities(int pageSize, @Nullable String pageToken) {

	private static final int DEFAULT_PAGE_SIZE = 250;

	private static final int MAX_PAGE_SIZE = 1000;

	/**
	 * Checks the query.
	 * @throws IllegalArgumentException if the page size is not 1 to 1000, or the page
	 * token is none that a page gave
	 */
	public ListIdentities {
		if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
			throw new IllegalArgumentException("A page size must be 1 to " + MAX_PAGE_SIZE + ", but was " + pageSize);
		}
		PageToken.parse(pageToken);
	}

	/**
	 * Starts a query: all identities, in pages of 250.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Builds {@link ListIdentities}.
	 */
	public static final class Builder {

		private int pageSize = DEFAULT_PAGE_SIZE;

		private @Nullable String pageToken;

		private Builder() {
		}

		/**
		 * How many identities a page has at most.
		 * @param pageSize 1 to 1000; 250 unless set
		 * @return this builder
		 */
		public Builder pageSize(int pageSize) {
			this.pageSize = pageSize;
			return this;
		}

		/**
		 * The page to list.
		 * @param pageToken the {@code nextPageToken} of the page before, or {@code null}
		 * for the first page
		 * @return this builder
		 */
		public Builder pageToken(@Nullable String pageToken) {
			this.pageToken = pageToken;
			return this;
		}

		/**
		 * Builds the query.
		 * @return the query
		 * @throws IllegalArgumentException if the page size is not 1 to 1000, or the page
		 * token is none that a page gave
		 */
		public ListIdentities build() {
			return new ListIdentities(this.pageSize, this.pageToken);
		}

	}

}
